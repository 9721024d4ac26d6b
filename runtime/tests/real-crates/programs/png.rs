//# png
fn main() {
    let mut b = vec![]; { let mut e = png::Encoder::new(&mut b, 16, 8); e.set_color(png::ColorType::Rgb); e.write_header().unwrap().write_image_data(&[7; 16 * 8 * 3]).unwrap(); }
    let mut r = png::Decoder::new(&b[..]).read_info().unwrap(); let mut o = vec![0; r.output_buffer_size()]; println!("{} {:?}", b.len(), r.next_frame(&mut o).unwrap());
}
