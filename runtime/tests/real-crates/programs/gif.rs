//# gif
fn main() { let mut b = vec![]; { let mut e = gif::Encoder::new(&mut b, 4, 4, &[0, 0, 0, 255, 255, 255]).unwrap(); e.write_frame(&gif::Frame::from_indexed_pixels(4, 4, &[1; 16], None)).unwrap(); } println!("{b:02x?}"); }
