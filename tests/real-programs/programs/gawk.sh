SOURCE=gawk
LIBCS='glibc musl'

build() { ./configure --disable-extensions --disable-nls --disable-dependency-tracking --without-readline --without-mpfr && make -j"$jobs" SUBDIRS='support .'; }
relink() { make -j"$jobs" SUBDIRS='support .'; }

check() { make -C test -k check 2>&1 | tee check.all || true; results >&3; }

# A test that passes leaves nothing, one that fails its output; names come from the log.
results() {
    sed -n 's/^\([A-Za-z0-9_-]\+\)$/\1/p' check.all | sort -u | while read -r name; do
        if [ -f "test/_$name" ]; then printf '%s FAIL\n' "$name"; else printf '%s PASS\n' "$name"; fi
    done
}
