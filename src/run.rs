//! A run over many documents: cut into pieces by size, read on so many threads, with the results in order.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::available_parallelism;

use rayon::ThreadPool;

use crate::analyzer::utf8;
use crate::error::{Error, Result};

/// Below this many bytes threads cost more than they bring.
const SERIAL: usize = 1 << 18;
/// A piece is at least so many bytes, or so many documents.
const SMALL: (usize, usize) = (1 << 16, 1 << 10);
/// Documents of together so many bytes, and no more than so many, are read together, step by step: what a step needs is at hand then, and what they are read
/// into still near when the next one asks for it.
const BATCH: (usize, usize) = (1 << 16, 1 << 7);
/// In a long run, so many small pieces are one.
const TOGETHER: usize = 16;

/// Documents in a row, wherever they lie.
pub trait Texts: Sync {
    /// Tells how many bytes each document has; characters, where nothing else is known without reading it.
    fn sizes(&self, take: &mut dyn FnMut(usize));

    /// Gives these documents, in order; a missing one is none. Buffers come from elsewhere, so that nothing is UTF-8 before someone looks.
    ///
    /// # Errors
    /// When a document is no text, and what `read` finds wrong.
    fn give(&self, rows: Range<usize>, read: &mut Give<'_>) -> Result<()>;

    /// Reads these documents one after another, each with its row.
    ///
    /// # Errors
    /// As [`Texts::give`].
    fn visit_bytes(&self, rows: Range<usize>, read: &mut VisitBytes<'_>) -> Result<()> {
        self.give(rows.clone(), &mut |texts| texts.iter().zip(rows.clone()).try_for_each(|(text, row)| read(row, *text)))
    }

    /// The same, as texts.
    ///
    /// # Errors
    /// As [`Texts::give`].
    fn visit(&self, rows: Range<usize>, read: &mut Visit<'_>) -> Result<()> {
        self.visit_bytes(rows, &mut |row, bytes| read(row, checked(row, bytes)?))
    }

    /// Reads these documents some at a time, as many as are read together, with the row of the first.
    ///
    /// # Errors
    /// As [`Texts::give`].
    fn visit_together(&self, rows: Range<usize>, read: &mut VisitTogether<'_>) -> Result<()> {
        self.give(rows.clone(), &mut |mut texts| {
            let mut row = rows.start;
            while !texts.is_empty() {
                let (now, rest) = texts.split_at(together(texts));
                let checked = now.iter().zip(row..).map(|(text, row)| checked(row, *text));
                read(row, &checked.collect::<Result<Vec<_>>>()?)?;
                (row, texts) = (row + now.len(), rest);
            }
            Ok(())
        })
    }
}

/// How many of these documents are read together: at least one.
fn together(texts: &[Option<&[u8]>]) -> usize {
    let mut bytes = 0;
    let sizes = texts.iter().take(BATCH.1).map(|text| text.map_or(0, <[u8]>::len));
    let near = sizes.take_while(|size| {
        bytes += size;
        bytes <= BATCH.0
    });
    near.count().max(1)
}

/// The bytes of a row as a text.
pub(crate) fn checked(row: usize, bytes: Option<&[u8]>) -> Result<Option<&str>> {
    bytes.map(|bytes| utf8(bytes).ok_or_else(|| Error::not_utf8(row))).transpose()
}

/// What is done with documents in a row.
pub type Give<'r> = dyn FnMut(&[Option<&[u8]>]) -> Result<()> + 'r;
/// What is done with each document of a row, which may turn out to be no UTF-8.
pub type VisitBytes<'r> = dyn FnMut(usize, Option<&[u8]>) -> Result<()> + 'r;
/// The same, once it is known to be a text.
pub type Visit<'r> = dyn FnMut(usize, Option<&str>) -> Result<()> + 'r;
/// What is done with some documents of a row at a time.
pub type VisitTogether<'r> = dyn FnMut(usize, &[Option<&str>]) -> Result<()> + 'r;

impl Texts for &[Option<&str>] {
    fn sizes(&self, take: &mut dyn FnMut(usize)) {
        self.iter().for_each(|text| take(text.map_or(0, str::len)));
    }

    fn give(&self, rows: Range<usize>, read: &mut Give<'_>) -> Result<()> {
        read(&self[rows].iter().map(|text| text.map(str::as_bytes)).collect::<Vec<_>>())
    }
}

/// How a run goes, shared with whoever waits for it.
#[derive(Debug, Default)]
pub struct Run {
    /// Threads; 0 for one per core.
    pub threads: usize,
    /// Set to stop the run soon.
    pub cancelled: AtomicBool,
    /// Bytes read so far.
    pub done: AtomicUsize,
}

/// Documents that one thread reads in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Which.
    pub rows: Range<usize>,
    /// How many bytes they have.
    pub bytes: usize,
}

/// Documents in pieces of about 1 MB, or less where there is little; the same for any number of threads.
///
/// # Errors
/// When a document is too long.
pub fn pieces(documents: &dyn Texts) -> Result<Vec<Piece>> {
    let (mut small, mut piece, mut too_long) = (Vec::new(), Piece { rows: 0..0, bytes: 0 }, None);
    documents.sizes(&mut |bytes| {
        if u32::try_from(bytes).is_err() {
            too_long = too_long.or(Some((piece.rows.end, bytes)));
        }
        piece.rows.end += 1;
        piece.bytes += bytes;
        if piece.bytes >= SMALL.0 || piece.rows.len() >= SMALL.1 {
            let rest = Piece { rows: piece.rows.end..piece.rows.end, bytes: 0 };
            small.push(std::mem::replace(&mut piece, rest));
        }
    });
    if let Some((row, bytes)) = too_long {
        return Err(Error::document_too_long(row, bytes));
    }
    if !piece.rows.is_empty() {
        small.push(piece);
    }
    let together = (small.len() / (2 * TOGETHER)).clamp(1, TOGETHER);
    Ok(small.chunks(together).map(joined).collect())
}

fn joined(pieces: &[Piece]) -> Piece {
    let (start, end) = (pieces.first().map_or(0, |p| p.rows.start), pieces.last().map_or(0, |p| p.rows.end));
    Piece { rows: start..end, bytes: pieces.iter().map(|p| p.bytes).sum() }
}

/// Does `work` on every piece, with what goes with it, and gives the results in order. Each thread has a state of its own.
/// A cancelled run gives the results of some pieces.
///
/// # Errors
/// The first that `work` meets, in order of the documents.
pub fn each<S: Default, W: Send, T: Send>(
    pieces: Vec<(Piece, W)>,
    run: &Run,
    work: impl Fn(&mut S, Range<usize>, W) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let threads = threads(run, &pieces);
    let mut order: Vec<_> = pieces.into_iter().enumerate().collect();
    // A large document comes first, so that nobody waits for it in the end.
    order.sort_by_key(|(_, (piece, _))| Reverse(piece.bytes / (2 * SMALL.0 * TOGETHER)));
    let (queue, wrong) = (Mutex::new(order.into_iter()), AtomicUsize::new(usize::MAX));
    let worker = || {
        let (mut state, mut results) = (S::default(), Vec::new());
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        while let Some((number, (Piece { rows, bytes }, with))) = next() {
            if run.cancelled.load(Ordering::Relaxed) {
                break;
            }
            // What comes after an error changes nothing any more.
            if number > wrong.load(Ordering::Relaxed) {
                continue;
            }
            let result = work(&mut state, rows, with);
            if result.is_err() {
                wrong.fetch_min(number, Ordering::Relaxed);
            }
            run.done.fetch_add(bytes, Ordering::Relaxed);
            results.push((number, result));
        }
        results
    };
    let mut results = on_threads(threads, &worker)?;
    results.sort_unstable_by_key(|(number, _)| *number);
    results.into_iter().map(|(_, result)| result).collect()
}

fn threads<W>(run: &Run, pieces: &[(Piece, W)]) -> usize {
    let bytes: usize = pieces.iter().map(|(piece, _)| piece.bytes).sum();
    let wanted = match run.threads {
        _ if bytes < SERIAL => 1,
        0 => available_parallelism().map_or(1, Into::into),
        threads => threads,
    };
    wanted.min(pieces.len())
}

/// What the worker gives on each of so many threads.
fn on_threads<T: Send>(threads: usize, worker: &(impl Fn() -> Vec<T> + Sync)) -> Result<Vec<T>> {
    if threads <= 1 {
        return Ok(worker());
    }
    Ok(pool(threads)?.broadcast(|_| worker()).into_iter().flatten().collect())
}

fn pool(threads: usize) -> Result<ThreadPool> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|e| Error::option(&e.to_string()))
}

/// Does `work` on so many threads; 0 for one per core.
pub(crate) fn in_pool<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> Result<T> {
    Ok(pool(threads)?.install(work))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of these sizes, read in pieces: the rows of each piece and their bytes.
    fn read(sizes: &[usize], run: &Run) -> Result<Vec<(Range<usize>, usize)>> {
        let texts: Vec<Option<String>> = sizes.iter().map(|size| (*size > 0).then(|| "a".repeat(*size))).collect();
        let texts: Vec<Option<&str>> = texts.iter().map(Option::as_deref).collect();
        let documents = texts.as_slice();
        let cut = pieces(&documents)?.into_iter().map(|piece| (piece, ())).collect();
        each(cut, run, |seen: &mut usize, rows, ()| {
            let mut bytes = 0;
            (&documents as &dyn Texts).visit(rows.clone(), &mut |_, text| {
                bytes += text.map_or(0, str::len);
                *seen += 1;
                Ok(())
            })?;
            Ok((rows, bytes))
        })
    }

    #[test]
    fn pieces_are_all_documents_in_order_for_any_number_of_threads() {
        let many: Vec<usize> = (0..3000).map(|i| i * 7919 % 2003).collect();
        let uneven: Vec<usize> = (0..300).map(|i| if i % 97 == 5 { 3 << 20 } else { i * 31 }).collect();
        for sizes in [vec![], vec![0], vec![1, 0, 0], vec![5 << 20], vec![0; 5000], many, uneven] {
            let one = read(&sizes, &Run { threads: 1, ..Run::default() }).unwrap();
            for threads in [0, 2, 3, 1000] {
                assert_eq!(read(&sizes, &Run { threads, ..Run::default() }).unwrap(), one);
            }
            let mut next = 0;
            for (rows, _) in &one {
                assert_eq!(rows.start, next);
                next = rows.end;
            }
            assert_eq!(next, sizes.len());
            assert_eq!(one.iter().map(|(_, bytes)| bytes).sum::<usize>(), sizes.iter().sum::<usize>());
        }
    }

    #[test]
    fn pieces_are_of_about_one_size() {
        let texts = vec![Some("abcd "); 2_000_000];
        let cut = pieces(&texts.as_slice()).unwrap();
        assert!(cut.iter().all(|piece| piece.rows.len() <= SMALL.1 * TOGETHER));
        let texts = vec![Some("x".repeat(1000)); 10_000];
        let texts: Vec<_> = texts.iter().map(Option::as_deref).collect();
        let cut = pieces(&texts.as_slice()).unwrap();
        assert!(cut.len() > 4, "{}", cut.len());
        assert!(cut[..cut.len() - 1].iter().all(|piece| (SMALL.0..2 << 20).contains(&piece.bytes)));
        // What is little is cut too, so that all threads have some of it.
        assert!(pieces(&&texts[..300]).unwrap().len() >= 4);
    }

    #[test]
    fn what_a_run_tells() {
        let run = Run { threads: 2, ..Run::default() };
        read(&[1 << 20; 7], &run).unwrap();
        assert_eq!(run.done.load(Ordering::Relaxed), 7 << 20);
        run.cancelled.store(true, Ordering::Relaxed);
        assert!(read(&[1 << 20; 7], &run).unwrap().is_empty());
    }

    #[test]
    fn the_first_error_is_told() {
        let work = |wrong: usize, threads| {
            let cut = (0..500).map(|i| (Piece { rows: i..i + 1, bytes: 1 << 16 }, ())).collect();
            let run = Run { threads, ..Run::default() };
            each(
                cut,
                &run,
                |(): &mut (), rows, ()| if rows.start >= wrong { Err(Error::not_utf8(rows.start)) } else { Ok(rows.start) },
            )
        };
        for threads in [1, 2, 7] {
            assert_eq!(work(500, threads).unwrap(), (0..500).collect::<Vec<_>>());
            for wrong in [0, 1, 250, 499] {
                assert_eq!(work(wrong, threads).unwrap_err().to_string(), Error::not_utf8(wrong).to_string());
            }
        }
    }

    #[test]
    #[should_panic(expected = "on purpose")]
    fn a_panic_is_not_lost() {
        let cut = (0..8).map(|i| (Piece { rows: i..i + 1, bytes: 1 << 20 }, ())).collect();
        let _ = each(cut, &Run { threads: 3, ..Run::default() }, |(): &mut (), rows, ()| {
            assert!(rows.start != 6, "on purpose");
            Ok(())
        });
    }
}
