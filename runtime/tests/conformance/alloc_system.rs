//! `System` behind a program's own global allocator; the allocation functions.
use std::alloc::{alloc, alloc_zeroed, dealloc, realloc, GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

struct Counting;
static LIVE: AtomicUsize = AtomicUsize::new(0);
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size(), Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(block, layout) }
    }
}
#[global_allocator]
static GLOBAL: Counting = Counting;

fn main() {
    println!("first, for what printing allocates");
    let before = LIVE.load(Ordering::Relaxed);
    let v: Vec<u64> = (0..1000).collect();
    println!("{}", LIVE.load(Ordering::Relaxed) - before >= 8000);
    drop(v);
    println!("{}", LIVE.load(Ordering::Relaxed) == before);
    unsafe {
        for align in [1, 8, 64, 4096, 1 << 20] {
            let layout = Layout::from_size_align(100, align).unwrap();
            let block = alloc(layout);
            block.write_bytes(7, 100);
            let block = realloc(block, layout, 5000);
            println!("{} {}", block.addr() % align, *block.add(99));
            dealloc(block, Layout::from_size_align(5000, align).unwrap());
            let zeroed = alloc_zeroed(layout);
            println!("{}", (0..100).all(|i| *zeroed.add(i) == 0));
            dealloc(zeroed, layout);
        }
    }
    println!("{:?} {:?}", Layout::new::<u32>(), Layout::from_size_align(1, 3));
    println!("{:?}", Vec::<u8>::new().try_reserve(usize::MAX / 2 + 1));
}
