SOURCE=redis
LIBCS='glibc'

build() { make -j"$jobs" MALLOC=libc CC="$CC" OPTIMIZATION=-O1 V=1; }
relink() { build; }

check() {
    for unit in unit/type/string unit/type/list unit/type/hash unit/type/set unit/type/zset unit/scripting unit/expire unit/sort unit/bitops; do
        TERM=dumb ./runtest --single "$unit" --clients 1 2>&1 | tee -a check.all | sed -n 's/^.*\[\(ok\|err\)[^]]*\]: \(.*\)/\2 \1/p' | sed 's/ ([0-9]* ms)//; s/ ok$/ PASS/' | sed "s|^|$unit: |" >&3
    done
}
