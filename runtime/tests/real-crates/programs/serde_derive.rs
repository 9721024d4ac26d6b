//# serde=derive serde_json
#[derive(serde::Serialize, serde::Deserialize, Debug, PartialEq)]
#[serde(rename_all = "camelCase")]
struct P { first_name: String, #[serde(default)] age: Option<u8>, #[serde(flatten)] rest: std::collections::BTreeMap<String, i32> }
fn main() { let p: P = serde_json::from_str(r#"{"firstName":"x","z":3}"#).unwrap(); println!("{p:?} {}", serde_json::to_string_pretty(&p).unwrap()); }
