//! The logical structure of the document, as assistive technology reads it.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeId(usize);

pub(crate) enum Role {
    /// Level and text: PDF/UA wants the title of a heading repeated on its element.
    Heading(NonZeroU16, String),
    Paragraph,
    Table(String),
    Head,
    Body,
    Row,
    ColumnHeader,
    RowHeader,
    Cell,
    Figure(String),
    List(ListNumbering),
    Item,
    Marker,
    Content,
}

enum Child {
    Branch(NodeId),
    Leaf(Identifier),
}

#[derive(Default)]
pub(crate) struct Tree {
    roles: Vec<Role>,
    children: Vec<Vec<Child>>,
    roots: Vec<NodeId>,
}

impl Tree {
    pub(crate) fn add(&mut self, parent: Option<NodeId>, role: Role) -> NodeId {
        let id = NodeId(self.roles.len());
        self.roles.push(role);
        self.children.push(Vec::new());
        match parent.and_then(|parent| self.children.get_mut(parent.0)) {
            Some(siblings) => siblings.push(Child::Branch(id)),
            None => self.roots.push(id),
        }
        id
    }

    pub(crate) fn hang(&mut self, node: NodeId, leaf: Identifier) {
        if let Some(children) = self.children.get_mut(node.0) {
            children.push(Child::Leaf(leaf));
        }
    }

    pub(crate) fn build(&self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some("pl".to_owned()));
        for root in &self.roots {
            if let Some(group) = self.group(*root) {
                tree.push(Node::Group(group));
            }
        }
        tree
    }

    fn group(&self, id: NodeId) -> Option<TagGroup> {
        let children = self.children.get(id.0)?.iter().filter_map(|child| match child {
            Child::Branch(branch) => self.group(*branch).map(Node::Group),
            Child::Leaf(leaf) => Some(Node::Leaf(*leaf)),
        });
        Some(TagGroup::with_children(kind(self.roles.get(id.0)?), children.collect()))
    }
}

fn kind(role: &Role) -> TagKind {
    match role {
        Role::Heading(level, title) => Tag::Hn(*level, Some(title.clone())).into(),
        Role::Paragraph => Tag::P.into(),
        Role::Table(summary) => Tag::Table.with_summary(Some(summary.clone())).into(),
        Role::Head => Tag::THead.into(),
        Role::Body => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHeader => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHeader => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell => Tag::TD.into(),
        Role::Figure(alternative) => Tag::Figure(Some(alternative.clone())).into(),
        Role::List(numbering) => Tag::L(*numbering).into(),
        Role::Item => Tag::LI.into(),
        Role::Marker => Tag::Lbl.into(),
        Role::Content => Tag::LBody.into(),
    }
}
