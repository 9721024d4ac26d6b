//# image!png
fn main() {
    let i = image::RgbImage::from_fn(32, 16, |x, y| image::Rgb([x as u8 * 7, y as u8 * 9, 3])); let mut b = std::io::Cursor::new(vec![]);
    image::DynamicImage::from(i).thumbnail(8, 8).write_to(&mut b, image::ImageOutputFormat::Png).unwrap();
    let d = image::load_from_memory(b.get_ref()).unwrap(); println!("{:?} {:?}", (d.width(), d.height()), d.to_rgb8().get_pixel(3, 2));
}
