"""What to ask a gateway of the graph in `tests/node/graph.py`; `make gateway` prints these, and tests run them."""

PRODUCT_TO_MENU = """\
# From a product to its page, on to a menu, and back to a product.
query ProductToMenu {
  product(id: "1") {
    name
    page {
      title
      headline
      menu {
        name
        items { link { ... on MenuEntityLink { entity { ... on Product { name page { title path } } } } } }
      }
    }
  }
}"""

BY_ADDRESS = """\
# The blog knows a page by path and locale; the shop knows the same page by its id.
query ByAddress {
  posts(first: 2) { nodes { title cover { url } page { id title path locale products { name } posts { title } } } }
}"""

FIFTY = """\
# Fifty pages, reached in one request to the pages' subgraph.
query Fifty {
  products(first: 50) { nodes { name page { id title author { name } reviewer { name } } } pageInfo { hasNextPage } }
}"""

ONE_PAGE = """\
# One page with what each subgraph knows of it.
query OnePage {
  pageByPath(path: "/teas") { title headline author { name } products { name } posts { title } reviewer { name } }
}"""

DENIED = """\
# A field that the caller may not read is null, with an error; the one beside it answers.
query Denied {
  pageByPath(path: "/teas") { title }
  pathRedirects { totalCount }
}"""

VIEWER = """\
# Who asks, and in which View: what the headers said.
query Viewer {
  contentViewer { id tenant { slug } permissions locale channel stage }
}"""

CREATE = """\
# A page that is made, with what other subgraphs add to it. Needs the token of an admin.
mutation Create {
  createPage(input: { translations: [{ locale: "en", title: "Made here" }] }) {
    page { title stage headline author { id name } reviewer { name } }
    problems { code message }
  }
}"""

QUERIES = (PRODUCT_TO_MENU, BY_ADDRESS, FIFTY, ONE_PAGE, DENIED, VIEWER, CREATE)
