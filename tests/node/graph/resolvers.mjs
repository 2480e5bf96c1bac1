// What the three other subgraphs answer. `facts` says which pages and which menu there are.

const pageInfo = { hasNextPage: false, hasPreviousPage: false };
const list = (first, node) => ({ nodes: Array.from({ length: first }, (_, n) => node(n)), pageInfo });


function catalog({ pages, menu }) {
  const product = (n) => ({ __typename: "Product", id: String(n) });
  return {
    Query: {
      product: (_, { id }) => product(id),
      products: (_, { first }) => list(first, product),
      category: (_, { id }) => ({ id }),
    },
    Product: {
      name: ({ id }) => `Product ${id}`,
      addedAt: () => "2026-01-01T00:00:00Z",
      category: () => ({ id: "teas" }),
      page: ({ id }) => ({ __typename: "Page", id: pages[id % pages.length].id }),
    },
    Category: { name: ({ id }) => `Category ${id}` },
    Page: {
      headline: ({ title }) => `${title}!`,
      products: ({ id }) => pages.flatMap((page, n) => (page.id === id ? [product(n)] : [])),
      menu: () => ({ __typename: "Menu", id: menu }),
    },
  };
}

function blog({ pages }) {
  const post = (n) => ({ __typename: "Post", id: String(n) });
  return {
    Query: { posts: (_, { first }) => list(first, post) },
    Post: {
      title: ({ id }) => `Post ${id}`,
      writtenAt: () => "2026-01-01T00:00:00Z",
      cover: ({ id }) => ({ id }),
      page: ({ id }) => ({ __typename: "Page", ...pages[id % pages.length], id: undefined }),
    },
    Media: { url: ({ id }) => `https://media.example/${id}` },
    Page: { posts: ({ path }) => pages.flatMap((page, n) => (page.path === path ? [post(n)] : [])) },
  };
}

function users() {
  return {
    Query: { user: (_, { id }) => ({ id }) },
    User: { name: ({ id }) => `User ${id}`, settings: () => ({ theme: "dark" }) },
    Page: { reviewer: () => ({ id: "reviewer" }) },
  };
}

export const resolvers = { catalog, blog, users };
