#[test]
fn integration() {
    assert_eq!(demo::add(3, 4), 7);
}
#[test]
fn integration_fails() {
    assert_eq!(demo::add(3, 4), 8);
}
