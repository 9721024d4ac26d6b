//! Walking over the components of a path, from both ends.

use super::{Component, Components, Path, is_separator_byte};
use crate::ffi::OsStr;
use crate::iter::FusedIterator;
use crate::sys::os_str as view;
use crate::{cmp, fmt};

/// How far one end of the walk has come.
#[derive(Copy, Clone, PartialEq, PartialOrd, Debug)]
pub(super) enum State {
    /// At the root or the leading `.`.
    Start,
    /// In the names.
    Body,
    /// Nothing left.
    Done,
}

impl<'a> Components<'a> {
    pub(crate) fn new(path: &'a [u8]) -> Self {
        let has_root = path.first().copied().is_some_and(is_separator_byte);
        Components { path, has_root, front: State::Start, back: State::Body }
    }

    /// The part of the path that is left.
    #[must_use]
    pub fn as_path(&self) -> &'a Path {
        let mut rest = self.clone();
        if rest.front == State::Body {
            rest.trim_front();
        }
        if rest.back == State::Body {
            rest.trim_back();
        }
        view::path(view::os_str(rest.path))
    }

    pub(crate) fn has_root(&self) -> bool {
        self.has_root
    }

    /// Whether a leading `.` counts as a component: only in front of everything.
    fn starts_with_current_dir(&self) -> bool {
        !self.has_root
            && match self.path {
                [b'.'] => true,
                [b'.', next, ..] => is_separator_byte(*next),
                _ => false,
            }
    }

    /// How many bytes of what is left belong to the root or the leading `.`.
    #[inline]
    fn length_before_body(&self) -> usize {
        usize::from(self.front == State::Start && (self.has_root || self.starts_with_current_dir()))
    }

    #[inline]
    fn is_finished(&self) -> bool {
        self.front == State::Done || self.back == State::Done || self.front > self.back
    }

    fn parse(bytes: &'a [u8]) -> Option<Component<'a>> {
        match bytes {
            b"" | b"." => None,
            b".." => Some(Component::ParentDir),
            name => Some(Component::Normal(view::os_str(name))),
        }
    }

    /// The first name and how many bytes it takes with its slash.
    fn parse_front(&self) -> (usize, Option<Component<'a>>) {
        match self.path.iter().position(|byte| is_separator_byte(*byte)) {
            Some(length) => (length + 1, Self::parse(&self.path[..length])),
            None => (self.path.len(), Self::parse(self.path)),
        }
    }

    /// The last name and how many bytes it takes with the slash before it.
    fn parse_back(&self) -> (usize, Option<Component<'a>>) {
        let body = &self.path[self.length_before_body()..];
        match body.iter().rposition(|byte| is_separator_byte(*byte)) {
            Some(index) => (body.len() - index, Self::parse(&body[index + 1..])),
            None => (body.len(), Self::parse(body)),
        }
    }

    fn trim_front(&mut self) {
        while !self.path.is_empty() {
            let (size, component) = self.parse_front();
            if component.is_some() {
                return;
            }
            self.path = &self.path[size..];
        }
    }

    fn trim_back(&mut self) {
        while self.path.len() > self.length_before_body() {
            let (size, component) = self.parse_back();
            if component.is_some() {
                return;
            }
            self.path = &self.path[..self.path.len() - size];
        }
    }

    /// The root or the leading `.`, if the path has one.
    fn start(&self) -> Option<Component<'a>> {
        if self.has_root {
            Some(Component::RootDir)
        } else if self.starts_with_current_dir() {
            Some(Component::CurDir)
        } else {
            None
        }
    }
}

impl<'a> Iterator for Components<'a> {
    type Item = Component<'a>;

    fn next(&mut self) -> Option<Component<'a>> {
        while !self.is_finished() {
            if self.front == State::Start {
                let start = self.start();
                self.front = State::Body;
                if start.is_some() {
                    self.path = &self.path[1..];
                    return start;
                }
            } else if self.path.is_empty() {
                self.front = State::Done;
            } else {
                let (size, component) = self.parse_front();
                self.path = &self.path[size..];
                if component.is_some() {
                    return component;
                }
            }
        }
        None
    }
}

impl<'a> DoubleEndedIterator for Components<'a> {
    fn next_back(&mut self) -> Option<Component<'a>> {
        while !self.is_finished() {
            if self.back == State::Start {
                self.back = State::Done;
                let start = self.start();
                if start.is_some() {
                    self.path = &self.path[..self.path.len() - 1];
                }
                return start;
            } else if self.path.len() > self.length_before_body() {
                let (size, component) = self.parse_back();
                self.path = &self.path[..self.path.len() - size];
                if component.is_some() {
                    return component;
                }
            } else {
                self.back = State::Start;
            }
        }
        None
    }
}

impl FusedIterator for Components<'_> {}

impl<'a> PartialEq for Components<'a> {
    fn eq(&self, other: &Self) -> bool {
        // Equal bytes in equal states are equal components; most comparisons are between such.
        let same_bytes = self.path == other.path
            && self.front == other.front
            && self.back == other.back
            && self.has_root == other.has_root;
        same_bytes || Iterator::eq(self.clone().rev(), other.clone().rev())
    }
}

impl Eq for Components<'_> {}

impl<'a> PartialOrd for Components<'a> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Components<'_> {
    #[inline]
    fn cmp(&self, other: &Self) -> cmp::Ordering {
        Iterator::cmp(self.clone(), other.clone())
    }
}

/// Prints a list of components.
struct DebugList<'a>(Components<'a>);

impl fmt::Debug for DebugList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.clone()).finish()
    }
}

impl fmt::Debug for Components<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Components").field(&DebugList(self.clone())).finish()
    }
}

impl AsRef<Path> for Components<'_> {
    #[inline]
    fn as_ref(&self) -> &Path {
        self.as_path()
    }
}

impl AsRef<OsStr> for Components<'_> {
    #[inline]
    fn as_ref(&self) -> &OsStr {
        self.as_path().as_os_str()
    }
}
