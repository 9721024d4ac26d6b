//# serde_json serde
fn main() {
    let v: serde_json::Value = serde_json::from_str(r#"{"a":[1,2.5,null,true],"b":{"c":"\u00e9"}}"#).unwrap();
    println!("{v}\n{:#}\n{}", v, v["a"][1].as_f64().unwrap() * 2.0);
    println!("{:?}", serde_json::from_str::<Vec<u8>>("[1,256]").unwrap_err().to_string());
}
