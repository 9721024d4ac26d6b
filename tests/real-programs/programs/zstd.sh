SOURCE=libzstd
LIBCS='glibc musl'

build() { make -j"$jobs" -C programs zstd HAVE_ZLIB=0 HAVE_LZMA=0 HAVE_LZ4=0 && make -j"$jobs" -C tests datagen fuzzer zstreamtest invalidDictionaries legacy; }
relink() { build; }

check() {
    (cd tests && ./fuzzer -s42 -i60) && printf 'fuzzer PASS\n' >&3 || printf 'fuzzer FAIL\n' >&3
    (cd tests && ./zstreamtest -s42 -i60) && printf 'zstreamtest PASS\n' >&3 || printf 'zstreamtest FAIL\n' >&3
    (cd tests && ./invalidDictionaries) && printf 'invalidDictionaries PASS\n' >&3 || printf 'invalidDictionaries FAIL\n' >&3
    (cd tests && ./legacy) && printf 'legacy PASS\n' >&3 || printf 'legacy FAIL\n' >&3
    for file in programs/zstd.1 lib/compress/*.c programs/*.c; do
        for level in 1 6 19; do
            if programs/zstd -q -$level -c "$file" | programs/zstd -q -d -c | cmp - "$file"; then result=PASS; else result=FAIL; fi
            printf '%s at level %s %s\n' "$file" $level $result >&3
        done
    done
}
