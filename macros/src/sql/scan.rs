//! What can be seen of SQL text without knowing its database: quotes, comments, parentheses, foreign placeholders.

/// What the text becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A part of a statement.
    Expression,
    /// A whole one.
    Statement,
}

/// What a place in the text is inside of.
#[derive(Debug, PartialEq, Eq)]
enum Inside {
    Sql,
    Quotes(char),
    /// `$tag$`, with these signs.
    DollarQuotes(Vec<char>),
    /// Up to the end of the line.
    Line,
    Comment,
}

/// A mistake and its place.
pub(super) type Mistake = (usize, &'static str);

const PLACEHOLDER: &str = "a parameter is written `{value}`: this placeholder would take another one's value";
const COMMENT: &str = "a comment would swallow the SQL that follows";

/// Reads SQL text letter by letter.
#[derive(Debug)]
pub(super) struct Scan {
    kind: Kind,
    inside: Inside,
    /// Where that begins.
    opened: usize,
    /// Where the parentheses open that are not closed yet.
    parentheses: Vec<usize>,
    /// How many brackets are open, in which a colon is part of a slice.
    brackets: usize,
}

impl Scan {
    pub(super) fn new(kind: Kind) -> Self {
        Scan { kind, inside: Inside::Sql, opened: 0, parentheses: Vec::new(), brackets: 0 }
    }

    /// Whether an argument can stand here.
    pub(super) fn argument(&self) -> Result<(), &'static str> {
        match self.inside {
            Inside::Sql => Ok(()),
            Inside::Line | Inside::Comment => {
                Err("`{..}` in a comment is nothing: a brace of the comment itself is written `{{`")
            }
            Inside::Quotes(_) | Inside::DollarQuotes(_) => Err(
                "`{..}` in quotes would be text: leave the quotes out, a value is bound; a brace of SQL itself is written `{{`",
            ),
        }
    }

    /// Reads the letter at a place; returns how many more belong to it.
    pub(super) fn read(&mut self, letters: &[char], at: usize) -> Result<usize, Mistake> {
        let next = letters.get(at + 1).copied();
        match &self.inside {
            Inside::Sql => return self.read_sql(letters, at).map_err(|message| (at, message)),
            Inside::Quotes(quote) if letters[at] == *quote => self.inside = Inside::Sql,
            Inside::Line if letters[at] == '\n' => self.inside = Inside::Sql,
            Inside::Comment if letters[at] == '*' && next == Some('/') => return Ok(self.enter(Inside::Sql, at, 1)),
            Inside::DollarQuotes(tag) if letters[at..].starts_with(tag) => {
                let more = tag.len() - 1;
                return Ok(self.enter(Inside::Sql, at, more));
            }
            _ => {}
        }
        Ok(0)
    }

    fn read_sql(&mut self, letters: &[char], at: usize) -> Result<usize, &'static str> {
        let next = letters.get(at + 1).copied();
        match (letters[at], next) {
            ('?', _) => return Err(PLACEHOLDER),
            (quote @ ('\'' | '"' | '`'), _) => return Ok(self.enter(Inside::Quotes(quote), at, 0)),
            ('-', Some('-')) => return Ok(self.enter(Inside::Line, at, 1)),
            ('/', Some('*')) => return Ok(self.enter(Inside::Comment, at, 1)),
            ('$', _) if !at.checked_sub(1).is_some_and(|before| is_word(letters[before])) => {
                let tag = dollar_tag(&letters[at..]).ok_or(PLACEHOLDER)?;
                let more = tag.len() - 1;
                return Ok(self.enter(Inside::DollarQuotes(tag), at, more));
            }
            (':', Some(':')) => return Ok(1),
            (':', Some(next)) if is_word(next) && self.brackets == 0 => return Err(PLACEHOLDER),
            ('(', _) => self.parentheses.push(at),
            (')', _) if self.parentheses.pop().is_none() => return Err("unmatched `)` in SQL"),
            ('[', _) => self.brackets += 1,
            (']', _) => self.brackets = self.brackets.saturating_sub(1),
            (';', _) if self.kind == Kind::Expression => {
                return Err("a `;` would end the statement that this is a part of");
            }
            _ => {}
        }
        Ok(0)
    }

    /// Goes into something that begins at a place with so many more letters than one.
    fn enter(&mut self, inside: Inside, at: usize, more: usize) -> usize {
        self.inside = inside;
        self.opened = at;
        more
    }

    /// Whether everything is closed at the end.
    pub(super) fn finish(self) -> Result<(), Mistake> {
        match (&self.inside, self.kind, self.parentheses.last()) {
            (Inside::Quotes(_), ..) => {
                Err((self.opened, "unclosed quote in SQL: a quote inside of a text is written twice"))
            }
            (Inside::DollarQuotes(_), ..) => Err((self.opened, "unclosed quote in SQL")),
            (Inside::Comment, ..) | (Inside::Line, Kind::Expression, _) => Err((self.opened, COMMENT)),
            (_, _, Some(open)) => Err((*open, "unclosed `(` in SQL")),
            _ => Ok(()),
        }
    }
}

/// Whether a letter can be part of a name.
fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// `$tag$` at the beginning.
fn dollar_tag(letters: &[char]) -> Option<Vec<char>> {
    let length = letters[1..].iter().take_while(|letter| is_word(**letter)).count();
    let is_tag = letters.get(length + 1) == Some(&'$') && !letters[1].is_ascii_digit();
    is_tag.then(|| letters[..length + 2].to_vec())
}
