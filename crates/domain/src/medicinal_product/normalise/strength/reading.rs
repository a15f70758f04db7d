//! Reads what registers and physicians write: sums, ratios, parentheses, units and two kinds of decimal point.

use super::{Component, Per, Unit};
use rust_decimal::Decimal;
use std::iter::Peekable;
use std::vec::IntoIter;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(Decimal),
    Word(String),
    Plus,
    Slash,
    Open,
    Close,
}

/// Real strengths are shorter; what is longer is compared by its letters.
const LONGEST: usize = 500;
/// Parentheses in one strength at most, so that none can nest without end.
const PARENTHESES: usize = 8;

type Tokens = Peekable<IntoIter<Token>>;

/// An amount with what its unit was multiplied by; `None` for one that has no unit yet.
#[derive(Clone)]
struct Amount {
    component: Component,
    factor: Option<Decimal>,
}

/// The amounts in a folded text; `None` when it holds anything that is not understood.
pub(super) fn read(text: &str) -> Option<Vec<Component>> {
    if text.len() > LONGEST || text.matches('(').count() > PARENTHESES {
        return None;
    }
    let mut tokens = tokens(text)?.into_iter().peekable();
    let amounts = sum(&mut tokens)?;
    // A remark after a strength that is complete: «50 mg/ml (200 mg/4 ml)».
    if !matches!(tokens.peek(), None | Some(Token::Open)) {
        return None;
    }
    let mut components: Vec<Component> = amounts.into_iter().map(|amount| amount.component).collect();
    share_denominator(&mut components);
    (!components.is_empty()).then_some(components)
}

/// «5 mg + 2 mg/ml» gives both per millilitre.
fn share_denominator(components: &mut [Component]) {
    if let Some(per @ Some(Per::Preparation)) = components.last().map(|last| last.per.clone()) {
        for component in components.iter_mut().filter(|one| one.per.is_none()) {
            component.per.clone_from(&per);
        }
    }
}

fn sum(tokens: &mut Tokens) -> Option<Vec<Amount>> {
    let mut all = ratio(tokens)?;
    while tokens.next_if_eq(&Token::Plus).is_some() {
        let more = ratio(tokens)?;
        take_unit_from(&mut all, more.first()?)?;
        all.extend(more);
    }
    Some(all)
}

fn ratio(tokens: &mut Tokens) -> Option<Vec<Amount>> {
    let mut all = if tokens.next_if_eq(&Token::Open).is_some() {
        let inner = sum(tokens)?;
        tokens.next_if_eq(&Token::Close)?;
        inner
    } else {
        vec![amount(tokens)?]
    };
    while tokens.next_if_eq(&Token::Slash).is_some() {
        if let Some(Token::Number(_)) = tokens.peek()
            && let Some(further) = further_substance(tokens)
        {
            take_unit_from(&mut all, &further)?;
            all.push(further);
        } else {
            let (per, number) = denominator(tokens)?;
            for component in all.iter_mut().map(|amount| &mut amount.component) {
                component.amount = component.amount.checked_div(number)?.round_dp(9).normalize();
                component.per.clone_from(&per);
            }
        }
    }
    Some(all)
}

/// «875 mg/125 mg» are two substances; nothing is dosed per milligram.
fn further_substance(tokens: &mut Tokens) -> Option<Amount> {
    let mut ahead = tokens.clone();
    let found = amount(&mut ahead)?;
    let small = matches!(found.component.unit, Unit::Mass) && !is_gram(tokens);
    if small || matches!(found.component.unit, Unit::International | Unit::Moles) {
        *tokens = ahead;
        return Some(found);
    }
    None
}

fn is_gram(tokens: &Tokens) -> bool {
    matches!(tokens.clone().nth(1), Some(Token::Word(unit)) if unit == "g" || unit == "kg")
}

/// «500 + 125 mg» names its unit once; `None` for figures beyond reason.
fn take_unit_from(all: &mut [Amount], next: &Amount) -> Option<()> {
    for amount in all.iter_mut().filter(|amount| amount.factor.is_none()) {
        let Some(factor) = next.factor else { break };
        amount.component.unit = next.component.unit.clone();
        amount.component.per.clone_from(&next.component.per);
        amount.component.amount = amount.component.amount.checked_mul(factor)?.normalize();
        amount.factor = Some(factor);
    }
    Some(())
}

fn amount(tokens: &mut Tokens) -> Option<Amount> {
    let Some(Token::Number(number)) = tokens.next() else { return None };
    let mut amount = number;
    while let Some(factor) = tokens.peek().and_then(counting_word) {
        tokens.next();
        amount = amount.checked_mul(factor)?;
    }
    let Some(Token::Word(word)) = tokens.next_if(|token| matches!(token, Token::Word(_))) else {
        let component = Component { unit: Unit::Other(String::new()), amount: amount.normalize(), per: None };
        return Some(Amount { component, factor: None });
    };
    let (unit, factor, per) = unit(&word);
    let amount = amount.checked_mul(factor)?.normalize();
    Some(Amount { component: Component { unit, amount, per }, factor: Some(factor) })
}

fn counting_word(token: &Token) -> Option<Decimal> {
    let Token::Word(word) = token else { return None };
    match word.as_str() {
        "mln" | "mio" | "milionow" | "miliony" => Some(Decimal::from(1_000_000)),
        "tys" => Some(Decimal::from(1000)),
        _ => None,
    }
}

fn unit(word: &str) -> (Unit, Decimal, Option<Per>) {
    let of = |unit, factor| (unit, factor, None);
    match word {
        "kg" => of(Unit::Mass, Decimal::from(1_000_000_000)),
        "g" => of(Unit::Mass, Decimal::from(1_000_000)),
        "mg" => of(Unit::Mass, Decimal::from(1000)),
        "ug" | "mcg" | "mikrogramow" | "mikrogram" | "mikrogramy" => of(Unit::Mass, Decimal::ONE),
        "ng" | "nanogramow" => of(Unit::Mass, Decimal::new(1, 3)),
        "l" => of(Unit::Volume, Decimal::from(1000)),
        "ml" => of(Unit::Volume, Decimal::ONE),
        "jm" | "iu" | "ie" | "ui" | "j" | "u" => of(Unit::International, Decimal::ONE),
        "miu" | "mjm" => of(Unit::International, Decimal::from(1_000_000)),
        "mol" => of(Unit::Moles, Decimal::from(1_000_000)),
        "mmol" => of(Unit::Moles, Decimal::from(1000)),
        "umol" => of(Unit::Moles, Decimal::ONE),
        "gbq" => of(Unit::Activity, Decimal::from(1000)),
        "mbq" => of(Unit::Activity, Decimal::ONE),
        "kbq" => of(Unit::Activity, Decimal::new(1, 3)),
        // One part in a hundred: ten milligrams in a gram or a millilitre.
        "%" => (Unit::Mass, Decimal::from(10_000), Some(Per::Preparation)),
        other => of(Unit::Other(other.to_owned()), Decimal::ONE),
    }
}

/// What stands under the stroke, and how much of it.
fn denominator(tokens: &mut Tokens) -> Option<(Option<Per>, Decimal)> {
    let number = match tokens.next_if(|token| matches!(token, Token::Number(_))) {
        Some(Token::Number(number)) if number > Decimal::ZERO => number,
        Some(_) => return None,
        None => Decimal::ONE,
    };
    let Some(Token::Word(word)) = tokens.next() else { return None };
    let per = match word.as_str() {
        "ml" | "g" => return Some((Some(Per::Preparation), number)),
        "l" | "kg" => return Some((Some(Per::Preparation), number.checked_mul(Decimal::from(1000))?)),
        "dl" => return Some((Some(Per::Preparation), number.checked_mul(Decimal::from(100))?)),
        "h" | "godz" | "godzine" | "godziny" | "godzin" => Some(Per::Hour),
        "dobe" => return Some((Some(Per::Hour), number.checked_mul(Decimal::from(24))?)),
        word if is_dosage_unit(word) => {
            // «dawkę odmierzoną», «tabletkę powlekaną».
            while tokens.next_if(|token| matches!(token, Token::Word(_))).is_some() {}
            None
        }
        word => Some(Per::Other(word.to_owned())),
    };
    Some((per, number))
}

/// Units in which a preparation is counted: the amount is that of one of them.
fn is_dosage_unit(word: &str) -> bool {
    [
        "tabl", "kaps", "dawk", "fiol", "amp", "sasz", "czop", "szt", "strzyk", "wstrzyk", "plast", "tab",
        "dose", "vial",
    ]
    .iter()
    .any(|beginning| word.starts_with(beginning))
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let single = match first {
            '+' => Some(Token::Plus),
            '/' => Some(Token::Slash),
            '(' => Some(Token::Open),
            ')' => Some(Token::Close),
            _ => None,
        };
        let length = if let Some(token) = single {
            found.push(token);
            first.len_utf8()
        } else if first.is_ascii_digit() {
            let length = number_length(rest);
            found.push(Token::Number(number(rest.get(..length)?)?));
            length
        } else if first == '%' || first.is_alphabetic() {
            let length =
                rest.find(|c: char| !c.is_alphabetic() && c != '.' && c != '%').unwrap_or(rest.len());
            found.push(Token::Word(rest.get(..length)?.replace('.', "")));
            length
        } else {
            // A second strength after a semicolon is another way to say the first one.
            return if matches!(first, ';' | ',') && !found.is_empty() { Some(found) } else { None };
        };
        rest = rest.get(length..)?.trim_start();
    }
    Some(found)
}

/// Digits with points and commas, and groups of three after single spaces.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    loop {
        match bytes.get(at) {
            Some(byte) if byte.is_ascii_digit() => at += 1,
            Some(b'.' | b',') if digit(at + 1) => at += 1,
            Some(b' ') if (1..=3).all(|next| digit(at + next)) && !digit(at + 4) => at += 1,
            _ => return at,
        }
    }
}

/// The last of mixed signs is the decimal one; a sign that repeats divides thousands.
fn number(text: &str) -> Option<Decimal> {
    let text = text.replace(' ', "");
    let (commas, points) = (text.matches(',').count(), text.matches('.').count());
    let plain = match (commas, points) {
        (0, 0 | 1) => text,
        (1, 0) => text.replace(',', "."),
        (_, 0) => text.replace(',', ""),
        (0, _) => text.replace('.', ""),
        _ if text.rfind(',') > text.rfind('.') => text.replace('.', "").replace(',', "."),
        _ => text.replace(',', ""),
    };
    plain.parse::<Decimal>().ok()
}
