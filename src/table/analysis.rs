//! Hits, quotes, documents; stances.

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};

use super::{Build, DOCUMENTS, HITS, Places, QUOTES, STANCES, Spans, Table, alone, batch};
use crate::actor::Actors;
use crate::analyzer::{Analysis, AnalysisScratch, Analyzer};
use crate::context::{Context, Hit};
use crate::error::Result;
use crate::quote::{Quote, Speaker};
use crate::run::{Run, Texts, each};
use crate::scope::Flags;
use crate::span::CodePoints;
use crate::stance::Stance;

/// The speaker of what nobody in the text is said to say.
const AUTHOR: &str = "author";

/// The tables of an analysis.
#[derive(Debug)]
pub struct Tables {
    /// See [`HITS`].
    pub hits: Table,
    /// See [`DOCUMENTS`].
    pub documents: Table,
    /// See [`QUOTES`].
    pub quotes: Table,
}

/// Analyses every text, but for its stances.
///
/// # Errors
/// When a document is too long, or no text.
pub fn analyze(analyzer: &Analyzer, documents: &dyn Texts, run: &Run) -> Result<Tables> {
    let actors = analyzer.reader()?.actors();
    let parts = each(alone(documents)?, run, |(scratch, rows): &mut (AnalysisScratch, Rows), piece, ()| {
        documents.visit_together(piece, &mut |first, texts| {
            let mut read = analyzer.analyze_together(&present(texts), scratch)?.into_iter();
            for (doc, text) in (first..).zip(texts) {
                match text.zip(text.and_then(|_| read.next())) {
                    Some((text, analysis)) => rows.push(doc as i64, text, &analysis, analyzer, actors),
                    None => rows.documents.null(doc as i64),
                }
            }
            Ok(())
        })?;
        rows.finish()
    })?;
    let mut tables: [Vec<RecordBatch>; 3] = Default::default();
    for part in parts {
        part.into_iter().zip(&mut tables).for_each(|(batch, table)| table.push(batch));
    }
    let [hits, documents, quotes] = tables;
    Ok(Tables {
        hits: Table::new(HITS.clone(), hits),
        documents: Table::new(DOCUMENTS.clone(), documents),
        quotes: Table::new(QUOTES.clone(), quotes),
    })
}

/// Those of some texts that are not missing.
fn present<'t>(texts: &[Option<&'t str>]) -> Vec<&'t str> {
    texts.iter().copied().flatten().collect()
}

#[derive(Default)]
struct Rows {
    hits: Hits,
    documents: Documents,
    quotes: Quotes,
}

impl Rows {
    fn push(&mut self, doc: i64, text: &str, analysis: &Analysis<'_>, analyzer: &Analyzer, actors: &Actors) {
        self.documents.push(doc, analysis);
        if analysis.hits.is_empty() && analysis.quotes.is_empty() {
            return;
        }
        let mut points = CodePoints::new(text);
        for hit in &analysis.hits {
            self.hits.push(doc, text, hit, analyzer, actors, &mut points);
        }
        for quote in &analysis.quotes {
            self.quotes.push(doc, text, quote, actors, &mut points);
        }
    }

    fn finish(&mut self) -> Result<[RecordBatch; 3]> {
        Ok([self.hits.finish()?, self.documents.finish()?, self.quotes.finish()?])
    }
}

/// Who speaks: a name, and an actor's id where the lexicon knows it.
#[derive(Default)]
struct Speakers {
    name: StringBuilder,
    actor: StringBuilder,
}

impl Speakers {
    fn push(&mut self, speaker: Option<&Speaker>, actors: &Actors, nobody: Option<&str>) {
        self.name.append_option(speaker.map(|s| s.name.as_str()).or(nobody));
        self.actor.append_option(speaker.and_then(|s| s.actor).map(|a| &actors.get(a).id));
    }
}

#[derive(Default)]
struct Hits {
    place: Places,
    frame: StringBuilder,
    entry: StringBuilder,
    weight: Float64Builder,
    sentence: Int64Builder,
    target: StringBuilder,
    target_rule: StringBuilder,
    polarity: Int64Builder,
    speakers: Speakers,
    quoted: BooleanBuilder,
    negated: BooleanBuilder,
    modality: StringBuilder,
    cue: Spans,
    modality_cue: Spans,
    mention: Spans,
}

impl Hits {
    fn push(&mut self, doc: i64, text: &str, hit: &Hit, analyzer: &Analyzer, actors: &Actors, points: &mut CodePoints<'_>) {
        let Context { target, speaker, reported, quoted, flags } = &hit.context;
        let entry = analyzer.entry(hit.entry);
        let negated = flags.map(|f| f.negation.is_some());
        let sign = if negated == Some(true) { -1 } else { 1 };
        self.place.push(doc, text, hit.span, points);
        self.frame.append_value(&analyzer.frames()[hit.frame.0 as usize]);
        self.entry.append_value(&entry.written);
        self.weight.append_value(entry.weight);
        self.sentence.append_value(i64::from(hit.sentence));
        self.target.append_option(target.map(|t| &actors.get(t.actor).id));
        self.target_rule.append_option(target.map(|t| t.rule));
        self.polarity.append_option(entry.polarity.map(|p| sign * i64::from(p)));
        // Speech that nobody is named for is not the author's.
        self.speakers.push(speaker.as_ref(), actors, flags.map(|_| AUTHOR).filter(|_| !reported));
        self.quoted.append_option(flags.map(|_| *quoted));
        self.negated.append_option(negated);
        self.modality.append_option(flags.map(|f| f.modality.name()));
        self.cue.push(text, flags.and_then(|f| f.negation), points);
        self.modality_cue.push(text, flags.and_then(|f| f.modality_cue), points);
        self.mention.push(text, target.and_then(|t| t.mention), points);
    }

    fn finish(&mut self) -> Result<RecordBatch> {
        let mut columns = self.place.finish();
        columns.extend([
            self.frame.built(),
            self.entry.built(),
            self.weight.built(),
            self.sentence.built(),
            self.target.built(),
            self.target_rule.built(),
            self.polarity.built(),
            self.speakers.name.built(),
            self.quoted.built(),
            self.negated.built(),
            self.modality.built(),
        ]);
        columns.extend(self.cue.finish());
        columns.extend(self.modality_cue.finish());
        columns.extend(self.mention.finish().into_iter().skip(1));
        columns.push(self.speakers.actor.built());
        batch(&HITS, columns)
    }
}

#[derive(Default)]
struct Stances {
    place: Places,
    sentence: Int64Builder,
    speakers: Speakers,
    target: StringBuilder,
    polarity: Int64Builder,
    strength: Float64Builder,
    quoted: BooleanBuilder,
    negated: BooleanBuilder,
    cue: StringBuilder,
    target_rule: StringBuilder,
}

impl Stances {
    fn push(&mut self, doc: i64, text: &str, stance: &Stance, actors: &Actors, points: &mut CodePoints<'_>) {
        let Flags { negation, .. } = stance.flags;
        self.place.push(doc, text, stance.span, points);
        self.sentence.append_value(i64::from(stance.sentence));
        self.speakers.push(stance.speaker.as_ref(), actors, Some(AUTHOR).filter(|_| !stance.quoted));
        self.target.append_option(stance.target.map(|t| &actors.get(t.actor).id));
        self.polarity.append_value(i64::from(stance.polarity));
        self.strength.append_value(stance.strength);
        self.quoted.append_value(stance.quoted);
        self.negated.append_value(negation.is_some());
        self.cue.append_option(negation.map(|c| c.of(text)));
        self.target_rule.append_option(stance.target.map(|t| t.rule));
    }

    fn finish(&mut self) -> Result<RecordBatch> {
        let mut columns = self.place.finish();
        columns.extend([
            self.sentence.built(),
            self.speakers.name.built(),
            self.target.built(),
            self.polarity.built(),
            self.strength.built(),
            self.quoted.built(),
            self.negated.built(),
            self.cue.built(),
            self.target_rule.built(),
            self.speakers.actor.built(),
        ]);
        batch(&STANCES, columns)
    }
}

#[derive(Default)]
struct Quotes {
    place: Places,
    speakers: Speakers,
    cue: Spans,
    kind: StringBuilder,
}

impl Quotes {
    fn push(&mut self, doc: i64, text: &str, quote: &Quote, actors: &Actors, points: &mut CodePoints<'_>) {
        self.place.push(doc, text, quote.span, points);
        self.speakers.push(quote.speaker.as_ref(), actors, None);
        self.cue.push(text, quote.cue, points);
        self.kind.append_value(quote.kind.name());
    }

    fn finish(&mut self) -> Result<RecordBatch> {
        let mut columns = self.place.finish();
        let [cue, start, end] = self.cue.finish();
        columns.extend([self.speakers.name.built(), cue, self.kind.built(), self.speakers.actor.built(), start, end]);
        batch(&QUOTES, columns)
    }
}

#[derive(Default)]
struct Documents {
    doc: Int64Builder,
    words: Int64Builder,
    sentences: Int64Builder,
    hits: Int64Builder,
    coverage: Float64Builder,
    chrome: StringBuilder,
}

impl Documents {
    fn null(&mut self, doc: i64) {
        self.doc.append_value(doc);
        for column in [&mut self.words, &mut self.sentences, &mut self.hits] {
            column.append_null();
        }
        self.coverage.append_null();
        self.chrome.append_null();
    }

    fn push(&mut self, doc: i64, analysis: &Analysis<'_>) {
        let words = analysis.words.len();
        self.doc.append_value(doc);
        self.words.append_value(words as i64);
        self.sentences.append_value(analysis.sentences.len() as i64);
        self.hits.append_value(analysis.matches as i64);
        self.coverage.append_option((words > 0).then(|| analysis.covered as f64 / words as f64));
        self.chrome.append_option((!analysis.chrome.is_empty()).then(|| analysis.chrome.join("; ")));
    }

    fn finish(&mut self) -> Result<RecordBatch> {
        let counts = [&mut self.doc, &mut self.words, &mut self.sentences, &mut self.hits];
        let mut columns: Vec<ArrayRef> = counts.into_iter().map(Build::built).collect();
        columns.push(self.coverage.built());
        columns.push(self.chrome.built());
        batch(&DOCUMENTS, columns)
    }
}

/// The stances of every text: see [`STANCES`].
///
/// # Errors
/// When a document is too long, or no text.
pub fn stances(analyzer: &Analyzer, documents: &dyn Texts, run: &Run) -> Result<Table> {
    let actors = analyzer.reader()?.actors();
    let parts = each(alone(documents)?, run, |(scratch, rows): &mut (AnalysisScratch, Stances), piece, ()| {
        documents.visit_together(piece, &mut |first, texts| {
            let rated = (first..).zip(texts).filter_map(|(doc, text)| Some((doc, (*text)?)));
            for ((doc, text), stances) in rated.zip(analyzer.stances_together(&present(texts), scratch)?) {
                let mut points = CodePoints::new(text);
                for stance in &stances {
                    rows.push(doc as i64, text, stance, actors, &mut points);
                }
            }
            Ok(())
        })?;
        rows.finish()
    })?;
    Ok(Table::new(STANCES.clone(), parts))
}
