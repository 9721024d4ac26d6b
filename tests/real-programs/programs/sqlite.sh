SOURCE=sqlite3
LIBCS='glibc'

# The test program is SQLite and a Tcl interpreter in one: a static libtcl is made first.
build() {
    unpack tcl8.6 "$tree/tcl"
    (cd tcl/unix && ./configure --disable-shared --disable-load && make -j"$jobs" libtcl8.6.a libtclstub8.6.a)
    ./configure --disable-shared --enable-all --with-tcl="$tree/tcl/unix" --disable-readline CFLAGS="-O1 -I$tree/tcl/generic -I$tree/tcl/unix"
    relink
}

relink() { make -j"$jobs" sqlite3 testfixture "LIBTCL=$tree/tcl/unix/libtcl8.6.a -lm -lpthread -ldl -lz"; }

check() {
    export TCL_LIBRARY=$tree/tcl/library
    for name in select1 select2 select3 select4 select5 select6 join join2 join3 where where2 where3 where4 index index2 index3 trans trans2 \
        func func2 func3 date expr expr2 cast collate1 collate2 collate3 like like2 json101 json102 fts3aa fts3ab fts3ac fts4aa fts5 \
        rtree1 window1 window2 window3 with1 with2 upsert1 upsert2 trigger1 trigger2 trigger3 view pragma pragma2 vacuum vacuum2 attach \
        attach2 blob boundary1 boundary2 btree01 cache capi2 capi3 corrupt corrupt2 delete delete2 insert insert2 insert3 update update2 \
        in in2 in3 null types types2 types3 wal wal2 wal3 printf printf2 round1 savepoint savepoint2 sort sort2 subquery tkt1435 unique \
        incrblob malloc3 thread1 thread2 shell1 shell2 shell3 shell4 shell5 zeroblob memdb lock autoinc alter alter2 aggerror between; do
        [ -f "test/$name.test" ] || continue
        line=$(timeout 300 ./testfixture "test/$name.test" 2>&1 | tee -a check.all | sed -n 's/^\([0-9]* errors out of [0-9]* tests\).*/\1/p' | tail -n 1)
        case $line in '0 errors'*) result=PASS ;; *) result=FAIL ;; esac
        printf '%s %s %s\n' "$name" "$line" $result >&3
    done
}
