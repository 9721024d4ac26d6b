//# petgraph
fn main() { let g = petgraph::graph::DiGraph::<(), u32>::from_edges([(0, 1, 4), (1, 2, 1), (0, 2, 9)]); let mut d: Vec<_> = petgraph::algo::dijkstra(&g, 0.into(), None, |e| *e.weight()).into_iter().collect(); d.sort(); println!("{d:?} {:?}", petgraph::algo::toposort(&g, None)); }
