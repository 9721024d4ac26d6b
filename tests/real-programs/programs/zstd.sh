SOURCE=libzstd
LIBCS='glibc musl'

build() { make -j"$jobs" -C programs zstd HAVE_ZLIB=0 HAVE_LZMA=0 HAVE_LZ4=0 && make -j"$jobs" -C tests datagen fuzzer zstreamtest invalidDictionaries legacy; }
relink() { build; }

check() {
    (cd tests && ./fuzzer -s42 -i300) && printf 'fuzzer PASS\n' >&3 || printf 'fuzzer FAIL\n' >&3
    (cd tests && ./zstreamtest -s42 -i300) && printf 'zstreamtest PASS\n' >&3 || printf 'zstreamtest FAIL\n' >&3
    (cd tests && ./invalidDictionaries) && printf 'invalidDictionaries PASS\n' >&3 || printf 'invalidDictionaries FAIL\n' >&3
    (cd tests && ./legacy) && printf 'legacy PASS\n' >&3 || printf 'legacy FAIL\n' >&3
    (cd tests && ZSTD_BIN=../programs/zstd DATAGEN_BIN=./datagen sh ./playTests.sh) && printf 'playTests PASS\n' >&3 || printf 'playTests FAIL\n' >&3
}
