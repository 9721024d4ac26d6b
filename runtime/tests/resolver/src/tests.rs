//! What the resolver does, one behaviour a test.

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use crate::resolver::{Config, LookupError, resolve_with};
use crate::server::{Decoy, Question, Record, Reply, Server};

fn config(servers: &[&Server]) -> Config {
    Config {
        servers: servers.iter().map(|server| server.address).collect(),
        timeout: Duration::from_millis(300),
        ..Config::default()
    }
}

fn look_up(host: &str, config: Config) -> Result<Vec<String>, LookupError> {
    let found = resolve_with(host, 80, b"", || config)?;
    assert!(found.iter().all(|address| address.port() == 80));
    Ok(found.iter().map(|address| address.ip().to_string()).collect())
}

fn addresses(list: &[&'static str]) -> Reply {
    Reply::Records(list.iter().map(|address| Record::Address("", address)).collect())
}

fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

#[test]
fn both_types_are_asked_at_once_and_both_are_returned() {
    let server = Server::start(|_| addresses(&["192.0.2.1", "192.0.2.2", "::1"]));
    let mut found = look_up("host.example", config(&[&server])).unwrap();
    found.sort();
    assert_eq!(found, strings(&["192.0.2.1", "192.0.2.2", "::1"]));
    let mut kinds: Vec<u16> = server.questions().iter().map(|question| question.kind).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, [1, 28]);
}

#[test]
fn aliases_are_followed_within_the_answer() {
    let server = Server::start(|_| {
        Reply::Records(vec![
            Record::Address("end.example", "192.0.2.7"),
            Record::Alias("", "middle.example"),
            Record::Alias("Middle.Example", "end.example"),
            Record::Address("stranger.example", "6.6.6.6"),
        ])
    });
    assert_eq!(look_up("alias.example", config(&[&server])).unwrap(), ["192.0.2.7"]);
}

#[test]
fn a_circle_of_aliases_ends_without_addresses() {
    let server = Server::start(|_| {
        Reply::Records(vec![Record::Alias("", "b.example"), Record::Alias("b.example", "a.example")])
    });
    assert_eq!(look_up("a.example", config(&[&server])), Err(LookupError::NoAddress));
}

#[test]
fn no_such_name_is_definite_and_no_other_server_is_asked() {
    let first = Server::start(|_| Reply::Code(3));
    let second = Server::start(|_| addresses(&["192.0.2.1"]));
    assert_eq!(look_up("absent.example", config(&[&first, &second])), Err(LookupError::NotFound));
    assert!(second.questions().is_empty());
}

#[test]
fn a_name_without_addresses_is_told_from_an_absent_one() {
    let server = Server::start(|_| Reply::Records(vec![]));
    assert_eq!(look_up("mail-only.example", config(&[&server])), Err(LookupError::NoAddress));
}

#[test]
fn the_next_server_is_asked_when_one_fails_or_refuses() {
    for code in [2, 5] {
        let first = Server::start(move |_| Reply::Code(code));
        let second = Server::start(|_| addresses(&["192.0.2.1"]));
        let start = Instant::now();
        assert_eq!(look_up("host.example", config(&[&first, &second])).unwrap(), ["192.0.2.1"]);
        assert!(start.elapsed() < Duration::from_millis(250), "a failure is not waited out");
    }
}

#[test]
fn the_next_server_is_asked_when_one_is_silent() {
    let first = Server::start(|_| Reply::Drop);
    let second = Server::start(|_| addresses(&["192.0.2.1"]));
    let start = Instant::now();
    assert_eq!(look_up("host.example", config(&[&first, &second])).unwrap(), ["192.0.2.1"]);
    assert!(start.elapsed() >= Duration::from_millis(280), "{:?}", start.elapsed());
    assert_eq!(first.questions().len(), 2);
}

#[test]
fn the_next_server_is_asked_at_once_when_nobody_listens() {
    let closed = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let second = Server::start(|_| addresses(&["192.0.2.1"]));
    let mut config = config(&[&second]);
    config.servers.insert(0, closed);
    let start = Instant::now();
    assert_eq!(look_up("host.example", config).unwrap(), ["192.0.2.1"]);
    assert!(start.elapsed() < Duration::from_millis(250));
}

#[test]
fn a_silent_server_is_asked_as_often_as_configured() {
    let server = Server::start(|_| Reply::Drop);
    let start = Instant::now();
    let config = Config { attempts: 3, timeout: Duration::from_millis(100), ..config(&[&server]) };
    assert_eq!(look_up("host.example", config), Err(LookupError::NoAnswer));
    assert_eq!(server.questions().len(), 6);
    assert!(start.elapsed() >= Duration::from_millis(290) && start.elapsed() < Duration::from_secs(2));
}

#[test]
fn a_lost_answer_is_made_up_for_by_the_next_attempt() {
    let seen = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_| match seen.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
        0 | 1 => Reply::Drop,
        _ => addresses(&["192.0.2.1"]),
    });
    assert_eq!(look_up("host.example", config(&[&server])).unwrap(), ["192.0.2.1"]);
}

#[test]
fn a_late_answer_within_the_time_counts() {
    let server = Server::start(|_| Reply::Late(Duration::from_millis(150), Box::new(addresses(&["192.0.2.1"]))));
    assert_eq!(look_up("host.example", config(&[&server])).unwrap(), ["192.0.2.1"]);
    assert_eq!(server.questions().len(), 2);
}

#[test]
fn one_type_alone_is_enough_when_the_other_never_comes() {
    let server = Server::start(|question| if question.kind == 1 { addresses(&["192.0.2.1"]) } else { Reply::Drop });
    assert_eq!(look_up("host.example", config(&[&server])).unwrap(), ["192.0.2.1"]);
    let aaaa = server.questions().iter().filter(|question| question.kind == 28).count();
    assert_eq!(aaaa, 2, "only the open question is asked again");
}

#[test]
fn answers_that_are_not_to_the_question_are_ignored() {
    for decoy in [Decoy::WrongId, Decoy::WrongQuestion, Decoy::NotAnAnswer, Decoy::OtherSender] {
        let server = Server::start(move |_| Reply::Decoy(decoy, Box::new(addresses(&["192.0.2.1"]))));
        assert_eq!(look_up("host.example", config(&[&server])).unwrap(), ["192.0.2.1"]);
    }
}

#[test]
fn a_truncated_answer_is_asked_again_by_tcp() {
    let server = Server::start(|question| {
        if question.by_tcp { addresses(&["192.0.2.1", "192.0.2.2", "192.0.2.3"]) } else { Reply::Truncated }
    });
    assert_eq!(look_up("long.example", config(&[&server])).unwrap(), ["192.0.2.1", "192.0.2.2", "192.0.2.3"]);
    assert_eq!(server.questions().iter().filter(|question| question.by_tcp).count(), 2);
}

#[test]
fn use_vc_asks_by_tcp_only() {
    let server = Server::start(|_| addresses(&["192.0.2.1"]));
    let config = Config { use_tcp: true, ..config(&[&server]) };
    assert_eq!(look_up("host.example", config).unwrap(), ["192.0.2.1"]);
    assert!(server.questions().iter().all(|question| question.by_tcp));
}

#[test]
fn malformed_answers_are_failures_and_end() {
    let forward_pointer = [&[0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, 0xc0, 0xff][..], &[0; 40]].concat();
    let own_pointer = [&[0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, 0xc0, 12][..], &[0; 40]].concat();
    for bytes in [vec![], vec![0x81], forward_pointer, own_pointer, vec![0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 0]] {
        let first = Server::start(move |_| Reply::Raw(bytes.clone()));
        let second = Server::start(|_| addresses(&["192.0.2.1"]));
        assert_eq!(look_up("host.example", config(&[&first, &second])).unwrap(), ["192.0.2.1"]);
    }
}

#[test]
fn a_name_with_few_dots_is_searched_first() {
    let server = Server::start(|question| match question.name.as_str() {
        "web.second.example" => addresses(&["192.0.2.1"]),
        _ => Reply::Code(3),
    });
    let search = strings(&["first.example", "second.example"]);
    assert_eq!(look_up("web", Config { search: search.clone(), ..config(&[&server]) }).unwrap(), ["192.0.2.1"]);
    let mut names: Vec<String> = server.questions().into_iter().map(|question| question.name).collect();
    names.dedup();
    assert_eq!(names, ["web.first.example", "web.second.example"]);

    assert_eq!(look_up("absent", Config { search, ..config(&[&server]) }), Err(LookupError::NotFound));
    let mut names: Vec<String> = server.questions().into_iter().map(|question| question.name).collect();
    names.dedup();
    assert_eq!(names, ["absent.first.example", "absent.second.example", "absent"]);
}

#[test]
fn a_name_with_enough_dots_is_tried_as_it_is_first() {
    let server = Server::start(|_| Reply::Code(3));
    let search = strings(&["corp.example"]);
    let asked = |host, ndots| {
        let _ = look_up(host, Config { ndots, search: search.clone(), ..config(&[&server]) });
        let mut names: Vec<String> = server.questions().into_iter().map(|question| question.name).collect();
        names.dedup();
        names
    };
    assert_eq!(asked("a.b", 1), ["a.b", "a.b.corp.example"]);
    assert_eq!(asked("a.b", 2), ["a.b.corp.example", "a.b"]);
    assert_eq!(asked("a.b.", 2), ["a.b"]);
}

#[test]
fn a_silent_server_ends_the_search_list() {
    let server = Server::start(
        |question| if question.name == "web.one.example" { Reply::Drop } else { addresses(&["6.6.6.6"]) },
    );
    let search = strings(&["one.example", "two.example"]);
    let config = Config { search, attempts: 1, ..config(&[&server]) };
    assert_eq!(look_up("web", config), Err(LookupError::NoAnswer));
}

#[test]
fn a_failing_server_does_not_end_the_search_list() {
    let server =
        Server::start(
            |question| if question.name == "web.one.example" { Reply::Code(2) } else { addresses(&["192.0.2.1"]) },
        );
    let search = strings(&["one.example", "two.example"]);
    assert_eq!(look_up("web", Config { search, ..config(&[&server]) }).unwrap(), ["192.0.2.1"]);
}

#[test]
fn rotation_begins_with_different_servers() {
    let servers: Vec<Server> = (0..2).map(|_| Server::start(|_| addresses(&["192.0.2.1"]))).collect();
    let config = Config { rotate: true, ..config(&[&servers[0], &servers[1]]) };
    for _ in 0..40 {
        look_up("host.example", config.clone()).unwrap();
    }
    assert!(servers.iter().all(|server| !server.questions().is_empty()));
}

#[test]
fn letters_of_either_case_are_the_same() {
    let server = Server::start(|_| {
        Reply::Records(vec![Record::Alias("HOST.Example", "End.example"), Record::Address("eND.example", "192.0.2.1")])
    });
    assert_eq!(look_up("Host.EXAMPLE", config(&[&server])).unwrap(), ["192.0.2.1"]);
    assert_eq!(server.questions()[0], Question { name: "host.example".into(), kind: 1, by_tcp: false });
}

#[test]
fn impossible_names_are_not_found_without_a_question() {
    let server = Server::start(|_| addresses(&["6.6.6.6"]));
    for name in ["", ".", "a..b", ".a", &"x".repeat(64), &"abc.".repeat(70)] {
        assert_eq!(look_up(name, config(&[&server])), Err(LookupError::NotFound), "{name}");
    }
    assert!(server.questions().is_empty());
}

fn never() -> Config {
    panic!("the name must not leave the machine")
}

fn ips(list: Result<Vec<SocketAddr>, LookupError>) -> Vec<IpAddr> {
    let mut ips: Vec<IpAddr> = list.unwrap().iter().map(SocketAddr::ip).collect();
    ips.sort();
    ips
}

#[test]
fn hosts_file_comes_first_and_gives_all_lines() {
    let hosts =
        b"# comment\n192.0.2.1 one alias # one-more\n\nnonsense alias\n192.0.2.2\tALIAS.\n::2 alias\n192.0.2.1 alias\n";
    let found = ips(resolve_with("alias", 1, hosts, never));
    assert_eq!(found, ["192.0.2.1", "192.0.2.1", "192.0.2.2", "::2"].map(|text| text.parse::<IpAddr>().unwrap()));
    assert_eq!(ips(resolve_with("One.", 1, hosts, never)).len(), 1);
    let server = Server::start(|_| Reply::Code(3));
    assert_eq!(resolve_with("one-more", 1, hosts, || config(&[&server])), Err(LookupError::NotFound));
}

#[test]
fn localhost_never_leaves_the_machine() {
    for name in ["localhost", "LocalHost.", "any.localhost", "a.b.localhost."] {
        let found = ips(resolve_with(name, 1, b"", never));
        assert_eq!(found, ["127.0.0.1", "::1"].map(|text| text.parse::<IpAddr>().unwrap()), "{name}");
    }
    assert_eq!(
        ips(resolve_with("localhost", 1, b"127.0.0.2 localhost", never)),
        ["127.0.0.2".parse::<IpAddr>().unwrap()]
    );
}

#[test]
fn configuration_is_read() {
    let config = Config::parse(
        b"; comment\n# comment\nnameserver 192.0.2.1\nnameserver 2001:db8::1 # trailing\nnameserver fe80::1%7\nnameserver bad\n\
          domain old.example\nsearch a.example b.example.\noptions ndots:3 timeout:2 attempts:9 rotate use-vc unknown ndots:x\n",
    );
    let servers: Vec<String> = config.servers.iter().map(ToString::to_string).collect();
    assert_eq!(servers, ["192.0.2.1:53", "[2001:db8::1]:53", "[fe80::1%7]:53"]);
    assert_eq!(config.search, ["a.example", "b.example"]);
    assert_eq!((config.ndots, config.timeout, config.attempts), (3, Duration::from_secs(2), 5));
    assert!(config.rotate && config.use_tcp);
}

#[test]
fn without_a_file_the_server_of_this_machine_is_asked() {
    let config = Config::parse(b"");
    assert_eq!(config.servers, ["127.0.0.1:53".parse::<SocketAddr>().unwrap()]);
    assert_eq!((config.ndots, config.timeout, config.attempts), (1, Duration::from_secs(5), 2));
    assert!(!config.rotate && !config.use_tcp && config.search.is_empty());
}

#[test]
fn random_bytes_never_bring_the_reader_down() {
    let state = std::sync::Mutex::new(1u64);
    let server = Server::start(move |question| {
        let mut state = state.lock().unwrap();
        let mut next = || {
            *state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (*state >> 33) as u8
        };
        // A plausible header and question, then noise with many pointers.
        let mut bytes =
            vec![0x81, 0x80, 0, 1, 0, 3, 0, 0, 0, 0, 4, b'h', b'o', b's', b't', 0, 0, question.kind as u8, 0, 1];
        bytes.extend((0..60).map(|_| match next() % 4 {
            0 => 0xc0,
            1 => next() % 32,
            _ => next(),
        }));
        Reply::Raw(bytes)
    });
    for _ in 0..300 {
        let config = Config { attempts: 1, timeout: Duration::from_millis(50), ..config(&[&server]) };
        let _ = look_up("host", config);
    }
}
