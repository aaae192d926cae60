//! Every example of every document is decoded, checked and encoded again, in each of its media types.

use crate::fixtures::{everything, loose, tolerant};

#[test]
fn examples_are_what_the_code_reads_and_writes() {
    assert_eq!(everything::trials::examples(), []);
    assert_eq!(loose::trials::examples(), []);
    assert_eq!(tolerant::trials::examples(), []);
    assert_eq!(contract::kibo::trials::examples(), []);
    assert_eq!(contract::formsonfire::trials::examples(), []);
    assert_eq!(contract::mypreferences::trials::examples(), []);
    assert_eq!(contract::propeller::trials::examples(), []);
    assert_eq!(contract::taleolearn::trials::examples(), []);
}
