"""Operations to start from, one for each area: each opens in a tab of its own, and the demo tenant holds what it asks for."""

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
# What is at a path: a page, a
# redirect, something gone, nothing?
# Try "/contact": a page was there.
query PageByPath($path: String!) {
  route(path: $path) {
    __typename
    statusCode
    ... on PageRoute {
      page {
        title
        body { html readingMinutes }
        breadcrumbs { title path }
        alternates { locale path url }
      }
    }
    ... on PathRedirectRoute {
      location
      targetPage { title }
    }
    ... on PathGoneRoute { goneAt }
  }
}
""",
    variables="""\
{
  "path": "/teas/green-tea"
}
""",
)

TREE = Example(
    title="The tree of pages",
    query="""\
# The pages at the root, and what is
# below. Lists go on from a cursor.
query PageTree($after: String) {
  pages(where: { isRoot: true }, first: 10, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      ...Branch
      children {
        totalCount
        nodes {
          ...Branch
          children { nodes { ...Branch } }
        }
      }
    }
  }
}

fragment Branch on Page { title path depth status }
""",
    variables="""\
{
  "after": null
}
""",
)

BLOCKS = Example(
    title="The blocks of a page",
    query="""\
# Each type of block has its fields;
# `data` is the same as JSON.
query Blocks($path: String!) {
  pageByPath(path: $path) {
    title
    blocks {
      id
      type
      ... on PageHeroBlock {
        title
        subtitle
        cta { label page { title path } }
      }
      ... on PageTextBlock { text { html } }
      data
    }
  }
}
""",
    variables="""\
{
  "path": "/brewing"
}
""",
)

MENUS = Example(
    title="The menus of the layout",
    query="""\
# What the header and the footer show.
# Links to pages follow every rename.
query Menus {
  header: activeMenu(location: HEADER) { ...Menu }
  footer: activeMenu(location: FOOTER) { ...Menu }
}

fragment Menu on Menu {
  name
  items { ...Item children { ...Item } }
}

fragment Item on MenuItem {
  label
  url
  link { ... on MenuPageLink { page { title path } } }
}
""",
)

FALLBACK = Example(
    title="A page that lacks the locale",
    query="""\
# Nobody translated this page into
# Russian: it is shown in English.
query LocaleFallback($path: String!, $locale: String!) {
  route(path: $path, locale: $locale) {
    statusCode
    ... on PageRoute {
      isCanonical
      canonicalLocale
      page {
        requestedLocale
        locale
        isFallback
        title
        availableLocales
        breadcrumbs { title path }
        german: inView(locale: "de") {
          title
          path
          isFallback
        }
      }
    }
  }
}
""",
    variables="""\
{
  "path": "/teas/green-tea/sencha",
  "locale": "ru"
}
""",
)

EDITING = Example(
    title="An edit that has a problem",
    query="""\
# What you can mend is data. Without a
# token you may not; pick admin above,
# run it again, and the slug is taken.
mutation CreatePage($input: CreatePageInput!) {
  createPage(input: $input) {
    page { id path status version }
    problems {
      __typename
      code
      message
      path
      ... on ContentForbiddenProblem { permission }
      ... on ContentSlugTakenProblem {
        slug
        suggestion
        takenBy { title path }
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
        "title": "Brewing for beginners",
        "slug": "brewing"
      }
    ],
    "publish": false
  }
}
""",
)

ENTITIES = Example(
    title="What a gateway asks for",
    query="""\
# How a gateway fetches pages that
# others refer to: by id, or by path
# and locale; else there is null.
query Entities {
  _entities(
    representations: [
      { __typename: "Page", path: "/about", locale: "en" }
      { __typename: "Page", path: "/tees", locale: "de" }
      { __typename: "Page", path: "/nowhere", locale: "en" }
    ]
  ) {
    __typename
    ... on Page {
      id
      title
      path
      locale
      seo { description }
    }
  }
}
""",
)

VIEWER = Example(
    title="Who is asking",
    query="""\
# Whom the token above names, what
# they may do, and what they see.
query Viewer {
  contentViewer {
    isAuthenticated
    id
    tenant {
      slug
      name
      locales { locale urlPrefix fallbacks }
      channels { slug name }
    }
    locale
    channel
    stage
    permissions
  }
}
""",
)

EXAMPLES = (PAGE_BY_PATH, TREE, BLOCKS, MENUS, EDITING, ENTITIES, FALLBACK, VIEWER)
