//! The macro [`view!`], in which the live screens are written.
//!
//! Its syntax is that of Leptos' `view!`, parsed by the same library. It expands to the building blocks in
//! `src/pages/components/blocks.rs`, while Leptos' macro makes a distinct type of each template.
//!
//! Moving all screens from lists of nodes to markup costs 309 bytes on `nl/reflect/` and 341 on `ar/sheet/` (brotli, all
//! that the page loads). Leptos' own `view!` adds some 15,700 bytes for three screens.
//!
//! A single node at the top becomes a `Node`; several nodes, or a fragment `<>…</>`, become a `Vec<Node>`.
//!
//! | syntax | meaning |
//! |---|---|
//! | `<p class="note">…</p>`, `<input/>` | an element; its name is checked against [`ELEMENTS`] |
//! | `name="text"`, `name={expression}` | an attribute; the value is a `&str` |
//! | `name` | an attribute without a value |
//! | `class={expression}` | a class. As the only attribute it must be `&'static str`, and an empty one is omitted |
//! | `on:click=handler` | an event listener |
//! | `prop:value={string}` | the initial value of a text field |
//! | `{..attributes}` | any iterator of further attributes |
//! | `"text"` | text; only quoted, as whitespace outside quotes is ignored |
//! | `{expression}` | one child, any `IntoNode`. A closure is rendered again when a signal it reads changes |
//! | `<Button class="link" press=move \|\| …>…</Button>` | a component, with the properties listed in [`COMPONENTS`] |
//! | `<Bar app>…</Bar>` | short for `app={app}`, in components only |
//!
//! A value that contains `>` stands in braces.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement, NodeName};
use syn::spanned::Spanned;
use syn::{Block, Error, Expr, Result, Stmt};

type Element = NodeElement<rstml::Infallible>;

/// Expands markup to the building blocks of the live screens. The syntax is described at the [crate root](crate).
#[proc_macro]
pub fn view(markup: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(markup.into()).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// The HTML elements of the live screens. Another name is an error, so that a typo does not become an unknown element.
const ELEMENTS: &[&str] = &[
    "a", "article", "aside", "b", "bdi", "button", "details", "div", "fieldset", "h1", "h2", "h3", "header", "input",
    "label", "legend", "li", "nav", "ol", "p", "progress", "section", "small", "span", "summary", "textarea", "ul",
];

/// The elements that cannot have children.
const VOID: &[&str] = &["input"];

/// A function of the building blocks that can be used as a tag.
struct Component {
    tag: &'static str,
    /// The module of the function below `crate::pages::components`.
    module: &'static str,
    function: &'static str,
    /// The arguments of the function, in its order.
    arguments: &'static [Argument],
}

enum Argument {
    /// A property that must be given.
    Required(&'static str),
    /// A property that is empty unless given.
    Text(&'static str),
    /// A property that is `None` unless given.
    Optional(&'static str),
    /// The children, as `Vec<Node>`.
    Children,
}

use Argument::{Children, Optional, Required, Text};

/// The components, with their properties.
const COMPONENTS: &[Component] = &[
    Component { tag: "Bar", module: "nav", function: "bar", arguments: &[Required("app"), Children] },
    Component {
        tag: "Button",
        module: "blocks",
        function: "button",
        arguments: &[Required("class"), Text("action"), Children, Required("press")],
    },
    Component {
        tag: "ChoiceLabel",
        module: "blocks",
        function: "choice_label",
        arguments: &[Required("name"), Optional("note")],
    },
    Component {
        tag: "Choices",
        module: "blocks",
        function: "choices",
        arguments: &[Required("class"), Required("legend"), Children],
    },
    Component { tag: "List", module: "blocks", function: "list", arguments: &[Required("class"), Children] },
    Component { tag: "Screen", module: "blocks", function: "screen", arguments: &[Required("id"), Children] },
    Component {
        tag: "ScreenHeader",
        module: "blocks",
        function: "screen_header",
        arguments: &[Required("heading"), Optional("hint"), Children],
    },
    Component {
        tag: "SheetLink",
        module: "nav",
        function: "sheet_link",
        arguments: &[Required("app"), Required("class"), Children],
    },
    Component {
        tag: "Toggle",
        module: "blocks",
        function: "toggle",
        arguments: &[Required("action"), Required("pressed"), Children, Required("press")],
    },
];

/// Expands markup.
///
/// # Errors
///
/// Markup that cannot be parsed, an unknown element or component, a property that is missing, unknown or given twice.
fn expand(markup: TokenStream) -> Result<TokenStream> {
    let nodes = rstml::parse2(markup)?;
    match nodes.as_slice() {
        [Node::Fragment(fragment)] => list(fragment.children()),
        [node] => one(node),
        nodes => list(nodes),
    }
}

/// Returns the path of the building blocks.
fn blocks() -> TokenStream {
    quote!(crate::pages::components::blocks)
}

/// Returns an expression of type `Node`.
fn one(node: &Node) -> Result<TokenStream> {
    let blocks = blocks();
    match node {
        Node::Element(element) => self::element(element),
        Node::Text(text) => Ok(quote!(#blocks::text(#text))),
        Node::Block(block) => {
            let value = block_value(block)?;
            Ok(quote_spanned!(value.span()=> #blocks::IntoNode::into_node(#value)))
        }
        Node::Fragment(fragment) => {
            let children = list(fragment.children())?;
            Ok(quote!(#blocks::IntoNode::into_node(#children)))
        }
        Node::RawText(text) => Err(Error::new_spanned(text, "text must be quoted: \"…\"")),
        other => Err(Error::new_spanned(other, "only elements, quoted text and {expressions} are allowed here")),
    }
}

/// Returns an expression of type `Vec<Node>`. A list of one `{expression}` is that expression's own list.
fn list(nodes: &[Node]) -> Result<TokenStream> {
    if let [Node::Block(block)] = nodes {
        let (blocks, value) = (blocks(), block_value(block)?);
        return Ok(quote_spanned!(value.span()=> #blocks::IntoNode::into_nodes(#value)));
    }
    let nodes = nodes.iter().map(one).collect::<Result<Vec<_>>>()?;
    Ok(quote!(::std::vec![#(#nodes),*]))
}

fn element(element: &Element) -> Result<TokenStream> {
    let name = element.name();
    let tag = name.to_string();
    if tag.starts_with(|first: char| first.is_ascii_uppercase()) {
        return component(element, &tag);
    }
    if !ELEMENTS.contains(&tag.as_str()) {
        return Err(Error::new_spanned(name, format!("`{tag}` is not an element of the live screens (`ELEMENTS`)")));
    }
    if VOID.contains(&tag.as_str()) && !element.children.is_empty() {
        return Err(Error::new_spanned(name, format!("`<{tag}>` cannot have children")));
    }
    let blocks = blocks();
    let class = match element.attributes() {
        [] => Some(quote!("")),
        [NodeAttribute::Attribute(attribute)] if attribute.key.to_string() == "class" => Some(value(attribute)?),
        _ => None,
    };
    let Some(class) = class else {
        let attributes = attributes(element.attributes())?;
        let children = list(&element.children)?;
        return Ok(quote!(#blocks::element(#tag, #attributes, #children)));
    };
    Ok(match element.children.as_slice() {
        [Node::Text(text)] => quote!(#blocks::text_element(#tag, #class, #text)),
        // The type of the child chooses the cheapest way to contain it.
        [Node::Block(block)] => {
            let value = block_value(block)?;
            quote_spanned!(value.span()=> #blocks::IntoNode::within(#value, #tag, #class))
        }
        children => {
            let children = list(children)?;
            quote!(#blocks::container(#tag, #class, #children))
        }
    })
}

/// Returns an expression of type `Vec<Attr>`.
fn attributes(attributes: &[NodeAttribute]) -> Result<TokenStream> {
    let blocks = blocks();
    let (mut given, mut spread) = (Vec::new(), Vec::new());
    for attribute in attributes {
        match attribute {
            NodeAttribute::Block(block) => match block_value(block)? {
                Expr::Range(range) if range.start.is_none() && range.end.is_some() => spread.push(range.end),
                other => return Err(Error::new_spanned(other, "only {..attributes} is allowed in a tag")),
            },
            NodeAttribute::Attribute(attribute) => {
                let name = attribute.key.to_string();
                let value = match attribute.value() {
                    None => quote!(""),
                    Some(_) => value(attribute)?,
                };
                given.push(match name.split_once(':') {
                    None => quote!(#blocks::attr(#name, #value)),
                    Some(("on", event)) => quote!(#blocks::on(#event, #value)),
                    Some(("prop", "value")) => quote!(#blocks::first_value(#value)),
                    Some(_) => {
                        return Err(Error::new_spanned(
                            &attribute.key,
                            "only `on:event` and `prop:value` have a prefix",
                        ));
                    }
                });
            }
        }
    }
    Ok(if spread.is_empty() {
        quote!(::std::vec![#(#given),*])
    } else {
        // A name of the macro's own, which hides none of the caller's.
        let list = Ident::new("list", Span::mixed_site());
        quote!({
            let mut #list = ::std::vec![#(#given),*];
            #(#list.extend(#spread);)*
            #list
        })
    })
}

fn component(element: &Element, tag: &str) -> Result<TokenStream> {
    let name = element.name();
    let Some(component) = COMPONENTS.iter().find(|component| component.tag == tag) else {
        let known: Vec<_> = COMPONENTS.iter().map(|component| component.tag).collect();
        return Err(Error::new_spanned(name, format!("no component `{tag}`; there are {}", known.join(", "))));
    };
    let mut given: Vec<(String, &NodeName, TokenStream)> = Vec::new();
    for attribute in element.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return Err(Error::new_spanned(attribute, "a component takes named properties only"));
        };
        let property = attribute.key.to_string();
        if given.iter().any(|(other, ..)| *other == property) {
            return Err(Error::new_spanned(&attribute.key, format!("`{property}` is given twice")));
        }
        let value = match attribute.value() {
            None => attribute.key.to_token_stream(),
            Some(_) => value(attribute)?,
        };
        given.push((property, &attribute.key, value));
    }
    let mut take = |property: &str| {
        let at = given.iter().position(|(other, ..)| other == property)?;
        Some(given.swap_remove(at).2)
    };
    let mut arguments = Vec::new();
    let mut has_children = false;
    for argument in component.arguments {
        arguments.push(match argument {
            Required(property) => take(property)
                .ok_or_else(|| Error::new_spanned(name, format!("`<{tag}>` needs the property `{property}`")))?,
            Text(property) => take(property).unwrap_or_else(|| quote!("")),
            Optional(property) => take(property).unwrap_or_else(|| quote!(::std::option::Option::None)),
            Children => {
                has_children = true;
                list(&element.children)?
            }
        });
    }
    if let Some((property, key, _)) = given.first() {
        return Err(Error::new_spanned(key, format!("`<{tag}>` has no property `{property}`")));
    }
    if !has_children && !element.children.is_empty() {
        return Err(Error::new_spanned(name, format!("`<{tag}>` cannot have children")));
    }
    let module = Ident::new(component.module, Span::call_site());
    // An argument of the wrong type is reported at the tag.
    let function = Ident::new(component.function, name.span());
    Ok(quote!(crate::pages::components::#module::#function(#(#arguments),*)))
}

/// Returns the value of an attribute, without the braces around it.
fn value(attribute: &KeyedAttribute) -> Result<TokenStream> {
    match attribute.value() {
        Some(Expr::Block(block)) if block.label.is_none() => Ok(without_braces(&block.block).into_token_stream()),
        Some(value) => Ok(value.into_token_stream()),
        None => Err(Error::new_spanned(&attribute.key, format!("`{}` needs a value", attribute.key))),
    }
}

fn block_value(block: &NodeBlock) -> Result<Expr> {
    let block = block.try_block().ok_or_else(|| Error::new_spanned(block, "not an expression"))?;
    Ok(without_braces(block))
}

/// Returns the only expression of a block, or the block itself where it has statements.
fn without_braces(block: &Block) -> Expr {
    match block.stmts.as_slice() {
        [Stmt::Expr(expression, None)] => expression.clone(),
        _ => syn::parse_quote!(#block),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(markup: TokenStream) -> String {
        expand(markup).unwrap_err().to_string()
    }

    /// Compares without spaces, which depend on where the tokens come from.
    fn expands(markup: TokenStream, code: &TokenStream) {
        let plain = |code: &TokenStream| code.to_string().replace(' ', "");
        let expected = plain(code).replace("blocks::", "crate::pages::components::blocks::");
        assert_eq!(plain(&expand(markup).unwrap()), expected);
    }

    #[test]
    fn elements_expand_to_the_building_blocks() {
        expands(quote!(<p class="note">"One"</p>), &quote!(blocks::text_element("p", "note", "One")));
        expands(quote!(<p>{one}</p>), &quote!(blocks::IntoNode::within(one, "p", "")));
        expands(
            quote!(<li class="a">"One"{two}</li>),
            &quote!(blocks::container("li", "a", ::std::vec![blocks::text("One"), blocks::IntoNode::into_node(two)])),
        );
        expands(
            quote!(<a href={&url} hidden on:click=go>{label}</a>),
            &quote!(blocks::element(
                "a",
                ::std::vec![blocks::attr("href", &url), blocks::attr("hidden", ""), blocks::on("click", go)],
                blocks::IntoNode::into_nodes(label)
            )),
        );
    }

    #[test]
    fn components_take_their_properties_in_any_order() {
        expands(
            quote!(<Button press=move || go() class="link">"Go"</Button>),
            &quote!(blocks::button("link", "", ::std::vec![blocks::text("Go")], move || go())),
        );
    }

    #[test]
    fn several_nodes_become_a_list() {
        expands(quote!("One" "Two"), &quote!(::std::vec![blocks::text("One"), blocks::text("Two")]));
        expands(quote!(<>{all}</>), &quote!(blocks::IntoNode::into_nodes(all)));
    }

    #[test]
    fn errors_name_what_is_wrong() {
        assert!(error(quote!(<dvi/>)).starts_with("`dvi` is not an element"));
        assert!(error(quote!(<Buton/>)).starts_with("no component `Buton`; there are Bar, Button"));
        assert_eq!(error(quote!(<Button class="link"/>)), "`<Button>` needs the property `press`");
        assert_eq!(error(quote!(<Screen id=x name=y/>)), "`<Screen>` has no property `name`");
        assert_eq!(error(quote!(<Screen id=x id=y/>)), "`id` is given twice");
        assert_eq!(error(quote!(<input>"text"</input>)), "`<input>` cannot have children");
        assert_eq!(error(quote!(<ChoiceLabel name=x>"text"</ChoiceLabel>)), "`<ChoiceLabel>` cannot have children");
        assert_eq!(error(quote!(<p>text</p>)), "text must be quoted: \"…\"");
        assert_eq!(error(quote!(<p bind:x=y/>)), "only `on:event` and `prop:value` have a prefix");
        assert_eq!(error(quote!(<p {x}/>)), "only {..attributes} is allowed in a tag");
        assert!(expand(quote!(<p>"text"</div>)).is_err());
    }
}
