//! Formatting, parsing, characters, numbers: mostly `core`'s, reached through std.
use std::fmt;

pub fn numbers() {
    println!("{:5}|{:<5}|{:^5}|{:>5}|{:05}|{:+}|{:#x}|{:#010b}|{:#o}|{:X}", 42, 42, 42, 42, 42, 42, 42, 5, 8, 255);
    println!("{:?} {:?} {:?} {:e} {:E}", i128::MIN, u128::MAX, i8::MIN, 1234567, 1500);
    println!("{:.3} {:8.2}|{:+.1}|{:e}|{:?}|{:?}|{:?}", 3.14159, 2.5, 1.0, 1234.5, 1e16, 1e-7, 0.1 + 0.2);
    println!("{:?} {:?} {:?} {} {}", f64::NAN, f64::INFINITY, -0.0, f32::MAX, f64::MIN_POSITIVE);
    println!("{:*^9}|{:->6}|{:#<4}|{:\u{e9}^5}", "mid", 1, 'c', "x");
    println!("{0} {1} {0} {name} {name:>w$} {:.2} {:>1$}", 1.5, 4, name = "n", w = 4);
    println!("{:?} {:?} {:#?}", (1, "a"), [Some(1), None], vec![(1, 'x')]);
    println!("{:02x?} {:X?} {:#04x?}", [1, 171], [255], [9]);
    println!("{:p} {:?}", std::ptr::null::<u8>(), std::ptr::null::<u8>());
}

pub fn builders() {
    struct S;
    impl fmt::Debug for S {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("S").field("a", &1).field("b", &"x").finish_non_exhaustive()?;
            f.debug_tuple("T").field(&1).finish()?;
            f.debug_list().entries([1, 2]).finish()?;
            f.debug_set().entry(&'c').finish()?;
            f.debug_map().entry(&"k", &"v").key(&1).value(&2).finish()
        }
    }
    println!("{S:?} {S:#?}");
    println!("{:?} {}", format_args!("{} {}", 1, 2), std::fmt::format(format_args!("{}", 3)));
    println!("{:?}", fmt::from_fn(|f| f.write_str("made")));
}

pub fn texts() {
    println!("{:?}", "tab\t nl\n quote\" single' back\\ nul\0 bell\x07 é \u{301} \u{200d} \u{1f600} \u{e000}");
    println!("{:?} {:?} {:?}", '\'', '"', '\u{301}');
    println!("{} {} {}", "é\n".escape_debug(), "é\n".escape_default(), "é".escape_unicode());
    println!("{:?} {:?}", "ǅ ß İ".to_lowercase(), "ǆ ß ŉ".to_uppercase());
    println!("{:?}", "a,b,,c".split(',').rev().collect::<Vec<_>>());
    println!(
        "{:?} {:?}",
        "a-b_c".split(['-', '_']).collect::<Vec<_>>(),
        "x1y22z".split(char::is_numeric).collect::<Vec<_>>()
    );
    println!("{:?} {:?} {:?}", "abcabc".find("ca"), "abcabc".rfind('b'), "abcabc".matches("bc").count());
    println!("{:?} {:?}", "  x ".trim(), "xxaxx".trim_matches('x'));
    println!("{:?} {:?}", "k=v=w".split_once('='), "k=v=w".rsplit_once('='));
    println!("{:?}", "line\r\nother\n\nlast".lines().collect::<Vec<_>>());
    println!("{:?}", "aXbX".replace('X', "--").replacen("-", "+", 1));
    println!("{:?} {:?}", String::from_utf8_lossy(b"a\xffb\xf0\x9f"), "héllo".char_indices().collect::<Vec<_>>());
    println!("{:?} {:?}", "ab".repeat(3), "é".bytes().collect::<Vec<_>>());
    println!("{:?} {:?}", "𝄞x".encode_utf16().collect::<Vec<_>>(), String::from_utf16_lossy(&[0xd834, 0x78]));
}

pub fn characters() {
    for c in ['a', 'Z', '5', ' ', 'é', 'ß', '中', '\u{301}', '\u{1f600}', '\0', 'Ⅷ', 'ª'] {
        println!(
            "{c:?} {} {} {} {} {}",
            c.is_alphabetic(),
            c.is_numeric(),
            c.is_lowercase(),
            c.is_whitespace(),
            c.is_control()
        );
        println!(
            "{} {} {:?} {:?} {}",
            c.to_uppercase(),
            c.to_lowercase(),
            c.to_digit(16),
            c.len_utf8(),
            c.escape_unicode()
        );
    }
    println!("{:?} {:?}", char::from_u32(0xd800), char::from_digit(7, 8));
    println!("{:?}", ('a'..='e').step_by(2).collect::<String>());
    println!("{:?} {:?}", b'a'.is_ascii_hexdigit(), b"\x00\x7fz\n".escape_ascii().to_string());
}

pub fn integers() {
    println!("{:?} {:?} {:?}", 200u8.checked_add(100), 200u8.wrapping_add(100), 200u8.overflowing_add(100));
    println!("{:?} {:?} {:?}", 200u8.saturating_add(100), i32::MIN.checked_abs(), (-7i32).div_euclid(2));
    println!("{} {} {} {}", 40u32.leading_zeros(), 40u32.trailing_zeros(), 7u8.count_ones(), 1u16.rotate_right(1));
    println!("{} {} {:?}", 2i32.pow(10), 10u64.isqrt(), 1000u32.ilog10());
    println!("{:?} {:?} {:?}", 258u16.to_be_bytes(), u32::from_le_bytes([1, 2, 3, 4]), 0x1234u16.swap_bytes());
    println!("{:?} {:?}", "ff".parse::<u8>().is_err(), u8::from_str_radix("ff", 16));
    println!("{} {} {}", 1e20 as u8, -5.5 as u32, f32::NAN as i32);
    println!("{} {} {}", u64::MAX as f32, 16777217i32 as f32, 0.1f32 as f64);
    println!("{:?} {:?}", 5u8.cmp(&3), 2.0f64.total_cmp(&f64::NAN));
    println!("{:?} {:?}", 5.0f64.clamp(0.0, 1.0), 1u8.abs_diff(5));
    println!("{} {} {}", u128::MAX / 3, i128::MIN % 7, (1u128 << 100) * 3);
    println!("{:?} {:?}", "1e400".parse::<f64>(), "-0".parse::<f64>());
    for text in [
        "0.1",
        "1e-5",
        "123456789.123456789",
        "4.9e-324",
        "1.7976931348623157e308",
        "inf",
        "-NaN",
        "0x10",
        "1_000",
        "9007199254740993",
    ] {
        println!("{text} {:?} {:?}", text.parse::<f64>().map(f64::to_bits), text.parse::<f32>().map(f32::to_bits));
    }
}

pub fn ordered_collections() {
    use std::collections::*;
    let map: BTreeMap<_, _> = (0..20).map(|i| (i * 7 % 20, i)).collect();
    println!("{map:?} {:?} {:?}", map.range(3..7).collect::<Vec<_>>(), map.first_key_value());
    let mut heap = BinaryHeap::from([3, 1, 4, 1, 5]);
    println!("{:?}", heap.pop());
    println!("{:?}", heap.into_sorted_vec());
    let mut deque: VecDeque<_> = (0..5).collect();
    deque.rotate_left(2);
    deque.push_front(9);
    println!("{deque:?} {:?}", deque.iter().rev().collect::<Vec<_>>());
    let mut list = LinkedList::from([1, 2]);
    list.push_front(0);
    println!("{list:?} {:?}", list.split_off(1));
    let mut numbers = vec![5, 3, 8, 1];
    numbers.sort_unstable();
    println!("{numbers:?} {:?} {:?}", numbers.binary_search(&5), numbers.binary_search(&4));
    numbers.dedup_by_key(|n| *n / 4);
    println!("{numbers:?} {:?}", numbers.chunk_by(|a, b| a < b).collect::<Vec<_>>());
}
