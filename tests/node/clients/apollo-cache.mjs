import { InMemoryCache } from "@apollo/client";

export const cache = new InMemoryCache({
  possibleTypes: { PageBlock: ["Page\\w+Block"] },
  typePolicies: {
    Page: { keyFields: ["viewKey"] },
    Menu: { keyFields: ["viewKey"] },
    PageBlock: { keyFields: false },
    MenuItem: { keyFields: false },
  },
});
