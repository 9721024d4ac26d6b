//# unicode-segmentation unicode-width unicode-normalization unicode-xid unicode-bidi
use unicode_normalization::UnicodeNormalization; use unicode_segmentation::UnicodeSegmentation; use unicode_width::UnicodeWidthStr;
fn main() { println!("{:?} {} {:?} {}", "a̐é🇩🇪".graphemes(true).collect::<Vec<_>>(), "日本".width(), "é".nfd().collect::<String>().len(), unicode_xid::UnicodeXID::is_xid_start('ß')); println!("{}", unicode_bidi::BidiInfo::new("abc אבג", None).has_rtl()); }
