"""Operations to start from: each opens in a tab of its own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """An operation, with its variables as the JSON that the editor shows."""

    title: str
    query: str
    variables: str = ""


PAGE_BY_PATH = Example(
    title="A page by its path",
    query="""\
# What stands at a path: a page, a redirect, something gone, or nothing.
query PageByPath($path: String!) {
  route(path: $path) {
    __typename
    statusCode
    ... on PageRoute {
      isCanonical
      page {
        title
        locale
        path
        body {
          html
        }
        breadcrumbs {
          title
          path
        }
        children(first: 5) {
          nodes {
            title
            path
          }
        }
        alternates {
          locale
          path
        }
      }
    }
    ... on PathRedirectRoute {
      location
      isPermanent
    }
    ... on PathGoneRoute {
      goneAt
    }
  }
}
""",
    variables="""\
{
  "path": "/"
}
""",
)

HEADER_MENU = Example(
    title="The menu of the header",
    query="""\
# The menu that the channel shows in its header; links to pages follow every rename.
query HeaderMenu {
  activeMenu(location: HEADER) {
    name
    locale
    items {
      ...Item
      children {
        ...Item
      }
    }
  }
}

fragment Item on MenuItem {
  label
  url
  link {
    ... on MenuPageLink {
      page {
        title
        path
      }
    }
  }
}
""",
)

CREATE_PAGE = Example(
    title="A mutation that answers a problem",
    query="""\
# Without a token you may not; pick one above, and the title is what is wrong.
mutation CreatePage($input: CreatePageInput!) {
  createPage(input: $input) {
    page {
      id
      path
      status
      version
    }
    problems {
      __typename
      code
      message
      path
      ... on ContentForbiddenProblem {
        permission
      }
      ... on ContentSlugTakenProblem {
        suggestion
      }
    }
  }
}
""",
    variables="""\
{
  "input": {
    "translations": [
      {
        "locale": "en",
        "title": "",
        "slug": "spring-sale"
      }
    ]
  }
}
""",
)

EXAMPLES = (PAGE_BY_PATH, HEADER_MENU, CREATE_PAGE)
