//# quick-xml
fn main() { let mut r = quick_xml::Reader::from_str("<a x='1'><b>t&amp;u</b></a>"); loop { match r.read_event() { Ok(quick_xml::events::Event::Eof) => break, e => println!("{e:?}") } } }
