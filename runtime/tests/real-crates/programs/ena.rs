//# ena
fn main() { let mut t = ena::unify::InPlaceUnificationTable::<K>::new(); let (a, b) = (t.new_key(()), t.new_key(())); t.union(a, b); println!("{}", t.unioned(a, b)); }
#[derive(Clone, Copy, Debug, PartialEq)] struct K(u32);
impl ena::unify::UnifyKey for K { type Value = (); fn index(&self) -> u32 { self.0 } fn from_index(i: u32) -> K { K(i) } fn tag() -> &'static str { "K" } }
