//! The schemas of all tables.

use std::sync::{Arc, LazyLock};

use arrow_schema::DataType::{self, Boolean, Float64, Int32, Int64, Utf8};
use arrow_schema::{Field, Schema, SchemaRef};

pub(super) const fn null(name: &str, data_type: DataType) -> (&str, DataType, bool) {
    (name, data_type, true)
}

pub(super) const fn full(name: &str, data_type: DataType) -> (&str, DataType, bool) {
    (name, data_type, false)
}

pub(super) fn schema(fields: &[(&str, DataType, bool)]) -> SchemaRef {
    Arc::new(Schema::new(
        fields.iter().map(|(name, data_type, nullable)| Field::new(*name, data_type.clone(), *nullable)).collect::<Vec<_>>(),
    ))
}

/// One row per hit.
pub static HITS: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("doc", Int64),
        full("start", Int64),
        full("end", Int64),
        full("text", Utf8),
        full("frame", Utf8),
        full("entry", Utf8),
        full("weight", Float64),
        full("sentence", Int64),
        null("target", Utf8),
        null("target_rule", Utf8),
        null("polarity", Int64),
        null("speaker", Utf8),
        null("quoted", Boolean),
        null("negated", Boolean),
        null("modality", Utf8),
        null("cue", Utf8),
        null("cue_start", Int64),
        null("cue_end", Int64),
        null("modality_cue", Utf8),
        null("modality_start", Int64),
        null("modality_end", Int64),
        null("target_start", Int64),
        null("target_end", Int64),
        null("speaker_actor", Utf8),
    ])
});

/// One row per evaluation of a target by a speaker.
pub static STANCES: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("doc", Int64),
        full("start", Int64),
        full("end", Int64),
        full("text", Utf8),
        full("sentence", Int64),
        null("speaker", Utf8),
        null("target", Utf8),
        full("polarity", Int64),
        full("strength", Float64),
        null("quoted", Boolean),
        null("negated", Boolean),
        null("cue", Utf8),
        null("target_rule", Utf8),
        null("speaker_actor", Utf8),
    ])
});

/// One row per text whose stance toward a marked span is asked.
pub static RATINGS: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("doc", Int64),
        null("start", Int64),
        null("end", Int64),
        null("text", Utf8),
        null("polarity", Int64),
        null("strength", Float64),
        null("score", Float64),
        null("neutral", Float64),
        null("evidence", Int64),
    ])
});

/// One row per addend of a rating.
pub static ADDENDS: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("doc", Int64),
        full("start", Int64),
        full("end", Int64),
        full("text", Utf8),
        full("family", Utf8),
        full("feature", Utf8),
        full("relation", Utf8),
        full("weight", Float64),
        full("neutral", Float64),
    ])
});

/// One row per quotation.
pub static QUOTES: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("doc", Int64),
        full("start", Int64),
        full("end", Int64),
        full("text", Utf8),
        null("speaker", Utf8),
        null("cue", Utf8),
        full("kind", Utf8),
        null("speaker_actor", Utf8),
        null("cue_start", Int64),
        null("cue_end", Int64),
    ])
});

/// One row per document.
pub static DOCUMENTS: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("doc", Int64),
        null("words", Int64),
        null("sentences", Int64),
        null("hits", Int64),
        null("coverage", Float64),
        null("chrome", Utf8),
    ])
});

/// One row per hit, with what stands around it.
pub static KWIC: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("doc", Int64),
        full("start", Int64),
        full("end", Int64),
        full("before", Utf8),
        full("keyword", Utf8),
        full("after", Utf8),
        full("frame", Utf8),
        full("entry", Utf8),
    ])
});

/// One row per sentence.
pub static SENTENCES: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[full("doc", Int64), full("sentence", Int64), full("start", Int64), full("end", Int64), full("text", Utf8)])
});

/// One row per group and frame.
pub static GROUP_SCORES: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("group", Int32),
        full("frame", Utf8),
        full("documents", Int64),
        full("words", Int64),
        full("count", Int64),
        null("value", Float64),
        null("low", Float64),
        null("high", Float64),
    ])
});

/// One row per group of evaluations.
pub static STANCE_SCORES: LazyLock<SchemaRef> = LazyLock::new(|| {
    schema(&[
        full("group", Int32),
        full("documents", Int64),
        full("n", Int64),
        full("positive", Int64),
        full("negative", Int64),
        full("neutral", Int64),
        full("mean", Float64),
        null("low", Float64),
        null("high", Float64),
        full("strength", Float64),
    ])
});
