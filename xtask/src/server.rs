//! A static file server on 127.0.0.1, as plain as any host: GET and HEAD, a type for each file, no listing, nothing outside its folder.

use crate::problem::Problem;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

/// A port on this machine only; 0 takes any free one.
pub(crate) fn bind(port: u16) -> Result<TcpListener, Problem> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|source| Problem::Port { port, source })
}

/// A folder that is served below a path.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    dir: PathBuf,
    base: String,
}

impl Site {
    /// `base` starts and ends with a slash.
    pub(crate) fn new(dir: impl Into<PathBuf>, base: &str) -> Self {
        Self {
            dir: dir.into(),
            base: base.to_owned(),
        }
    }

    /// Answers until the program ends.
    pub(crate) fn answer(&self, listener: &TcpListener) {
        for stream in listener.incoming().flatten() {
            let site = self.clone();
            thread::spawn(move || site.converse(stream));
        }
    }

    /// A client that goes away in the middle is nobody's problem.
    fn converse(&self, mut stream: TcpStream) -> Option<()> {
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .ok()?;
        let mut reader = BufReader::new(stream.try_clone().ok()?);
        while let Some(request) = read_request(&mut reader) {
            let reply = self.reply(&request);
            reply.write(&mut stream, request.method == "HEAD").ok()?;
        }
        Some(())
    }

    fn reply(&self, request: &Request) -> Reply {
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            return Reply::plain("405 Method Not Allowed");
        }
        let path = request.target.split(['?', '#']).next().unwrap_or_default();
        if format!("{path}/") == self.base {
            return Reply {
                place: Some(self.base.clone()),
                ..Reply::plain("308 Permanent Redirect")
            };
        }
        match self
            .file(path)
            .and_then(|file| Some((fs::read(&file).ok()?, mime_type(&file.to_string_lossy()))))
        {
            Some((body, mime)) => Reply {
                status: "200 OK",
                mime,
                body,
                place: None,
            },
            None => Reply::plain("404 Not Found"),
        }
    }

    /// The file for a path, if the path stays inside the folder.
    fn file(&self, path: &str) -> Option<PathBuf> {
        let inside = percent_decoded(path.strip_prefix(&self.base)?)?;
        let mut file = self.dir.clone();
        for part in inside.split('/').filter(|part| !part.is_empty()) {
            let plain = !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
            file.push(plain.then_some(part)?);
        }
        Some(if file.is_dir() {
            file.join("index.html")
        } else {
            file
        })
    }
}

#[derive(Debug)]
struct Request {
    method: String,
    target: String,
}

/// The first line of a request; its headers are read past.
fn read_request(reader: &mut impl BufRead) -> Option<Request> {
    let first = read_line(reader)?;
    while !read_line(reader)?.is_empty() {}
    let mut words = first.split(' ');
    Some(Request {
        method: words.next()?.to_owned(),
        target: words.next()?.to_owned(),
    })
}

fn read_line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    let n_read = reader.read_line(&mut line).ok()?;
    (n_read > 0).then(|| line.trim_end().to_owned())
}

struct Reply {
    status: &'static str,
    mime: &'static str,
    body: Vec<u8>,
    place: Option<String>,
}

impl Reply {
    fn plain(status: &'static str) -> Self {
        Self {
            status,
            mime: "text/plain; charset=utf-8",
            body: status.into(),
            place: None,
        }
    }

    fn write(&self, stream: &mut impl Write, head_only: bool) -> io::Result<()> {
        let mut head = format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\n",
            self.status,
            self.mime,
            self.body.len()
        );
        if let Some(place) = &self.place {
            head.push_str(&format!("Location: {place}\r\n"));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes())?;
        if !head_only {
            stream.write_all(&self.body)?;
        }
        stream.flush()
    }
}

fn mime_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            hex(rest.next()?)? * 16 + hex(rest.next()?)?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: Option<&str>) {
        let found = Site::new("no-such-folder", "/gyeol/").file(path);
        assert_eq!(
            found,
            expected.map(|file| PathBuf::from("no-such-folder").join(file)),
            "{path}"
        );
    }

    #[test]
    fn paths_below_the_base_are_files_of_the_folder() {
        check("/gyeol/app.js", Some("app.js"));
        check("/gyeol/samples/cdnow.csv", Some("samples/cdnow.csv"));
        check("/gyeol/a%20b.csv", Some("a b.csv"));
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        for path in [
            "/app.js",
            "/gyeol/../secret",
            "/gyeol/%2e%2e/secret",
            "/gyeol/.git/config",
        ] {
            check(path, None);
        }
        for path in [
            "/gyeol/a\\..\\b",
            "/gyeol/c:/x",
            "/gyeol/%zz",
            "/gyeol/%00",
            "/gyeol/%2e%2e%5csecret",
        ] {
            check(path, None);
        }
    }

    #[test]
    fn the_base_without_its_last_slash_is_sent_there() {
        let request = Request {
            method: "GET".to_owned(),
            target: "/gyeol?x".to_owned(),
        };
        let reply = Site::new("no-such-folder", "/gyeol/").reply(&request);
        assert_eq!(reply.place.as_deref(), Some("/gyeol/"));
    }

    #[test]
    fn only_reading_is_answered() {
        let request = Request {
            method: "POST".to_owned(),
            target: "/".to_owned(),
        };
        assert_eq!(
            Site::new("no-such-folder", "/").reply(&request).status,
            "405 Method Not Allowed"
        );
    }
}
