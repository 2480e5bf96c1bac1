import { cacheExchange } from "@urql/exchange-graphcache";

const BLOCKS = [
  "Contact", "Cta", "Custom", "Faq", "Features", "Gallery", "Hero", "Html", "Image", "Newsletter", "Pricing",
  "ProductGrid", "Spacer", "Testimonials", "Text", "Video",
];
const EMBEDDED = ["MenuItem", ...BLOCKS.map((name) => `Page${name}Block`)];

export const cache = cacheExchange({
  keys: {
    Page: (page) => page.viewKey,
    Menu: (menu) => menu.viewKey,
    ...Object.fromEntries(EMBEDDED.map((type) => [type, () => null])),
  },
});
