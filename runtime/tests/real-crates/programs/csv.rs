//# csv
fn main() {
    let mut r = csv::Reader::from_reader("a,b\n1,\"x, y\"\n2,z\n".as_bytes());
    println!("{:?}", r.headers().unwrap());
    for row in r.records() { println!("{:?}", row.unwrap()); }
    let mut w = csv::Writer::from_writer(vec![]); w.write_record(["q\"uote", "new\nline"]).unwrap();
    println!("{}", String::from_utf8(w.into_inner().unwrap()).unwrap());
}
