//! Readers and writers in memory: slices, vectors, queues, boxes, cursors of every kind, and I/O slices.
use std::collections::VecDeque;
use std::io::{self, prelude::*, Cursor, IoSlice, IoSliceMut, SeekFrom};

fn drive<R: BufRead>(name: &str, mut reader: R) {
    let mut one = [0];
    println!("{name}: {:?} {one:?}", reader.read(&mut one));
    let mut many = [0; 3];
    println!("{:?} {many:?}", reader.read_exact(&mut many));
    println!("{:?}", reader.fill_buf().map(<[u8]>::to_vec));
    reader.consume(1);
    let (mut a, mut b) = ([0; 2], [0; 2]);
    println!("{:?} {a:?} {b:?}", reader.read_vectored(&mut [IoSliceMut::new(&mut a), IoSliceMut::new(&mut b)]));
    let mut text = String::from("+");
    println!("{:?} {text}", reader.read_to_string(&mut text));
    println!("{:?} {:?}", reader.read(&mut many), reader.read_exact(&mut many));
    let mut rest = Vec::new();
    println!("{:?} {rest:?}", reader.read_to_end(&mut rest));
}

fn fill<W: Write>(name: &str, writer: &mut W) {
    println!("{name}: {:?}", writer.write(b"abc"));
    println!("{:?}", writer.write_vectored(&[IoSlice::new(b"de"), IoSlice::new(b""), IoSlice::new(b"fghi")]));
    println!("{:?} {:?}", writer.write_all(b"jkl"), writer.flush());
    println!("{:?}", write!(writer, "{:>4}", 5));
}

fn main() {
    let data = b"abcdefghijkl";
    drive("slice", &data[..]);
    drive("box", Box::new(&data[..]));
    drive("queue", VecDeque::from(data.to_vec()));
    let mut wrapped: VecDeque<u8> = VecDeque::with_capacity(12);
    wrapped.extend(*b"xxxxxabcdefg");
    wrapped.drain(..5);
    wrapped.extend(*b"hijkl");
    drive("wrapped queue", wrapped);
    drive("cursor", Cursor::new(data));
    drive("cursor of vec", Cursor::new(data.to_vec()));
    let mut short = &data[..2];
    println!("{:?} {:?}", short.read_exact(&mut [0; 3]), short);

    let mut array = [0u8; 10];
    let mut target = &mut array[..];
    fill("mut slice", &mut target);
    println!("{}", target.len());
    println!("{array:?}");
    let mut vec = vec![b'>'];
    fill("vec", &mut vec);
    println!("{:?}", String::from_utf8_lossy(&vec));
    let mut queue = VecDeque::new();
    fill("queue", &mut queue);
    println!("{queue:?}");
    let mut cursor = Cursor::new([0u8; 9]);
    cursor.set_position(2);
    fill("cursor array", &mut cursor);
    println!("{cursor:?}");
    let mut cursor = Cursor::new(vec![b'_'; 4]);
    cursor.set_position(7);
    fill("cursor vec", &mut cursor);
    println!("{:?} {}", cursor, cursor.position());
    cursor.set_position(1);
    fill("cursor vec again", &mut cursor);
    println!("{:?}", cursor.into_inner());
    let mut inner = vec![1, 2, 3];
    fill("cursor &mut vec", &mut Cursor::new(&mut inner));
    println!("{inner:?}");
    fill("cursor box", &mut Cursor::new(vec![0u8; 5].into_boxed_slice()));
    fill("cursor slice", &mut Cursor::new(&mut [0u8; 5][..]));

    let mut cursor = Cursor::new(data);
    for pos in [SeekFrom::Start(3), SeekFrom::End(-1), SeekFrom::Current(-2), SeekFrom::End(9), SeekFrom::Current(i64::MAX), SeekFrom::End(-13)] {
        println!("{pos:?} {:?}", cursor.seek(pos));
    }
    println!("{:?} {:?}", cursor.get_ref().len(), cursor.clone() == cursor);
    *cursor.get_mut() = b"ABCDEFGHIJKL";
    println!("{:?} {:?}", cursor, Cursor::<Vec<u8>>::default());

    let mut bytes = [1, 2, 3, 4, 5, 6];
    let (left, right) = bytes.split_at_mut(4);
    let mut slices = [IoSliceMut::new(left), IoSliceMut::new(right)];
    let mut view = &mut slices[..];
    IoSliceMut::advance_slices(&mut view, 4);
    println!("{view:?}");
    view[0].advance(1);
    println!("{:?} {}", view, view[0].len());
    let mut slices = [IoSlice::new(b"ab"), IoSlice::new(b""), IoSlice::new(b"cde")];
    let mut view = &mut slices[..];
    IoSlice::advance_slices(&mut view, 3);
    println!("{view:?}");
    IoSlice::advance_slices(&mut view, 2);
    println!("{view:?}");
    println!("{:?}", io::copy(&mut &data[..], &mut Vec::new()));
}
