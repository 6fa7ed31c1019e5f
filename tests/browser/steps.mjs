// steps.mjs -- what the flows of all specs do alike.

// What the page says.  A click returns when the next page begins to arrive, so this waits for it.
export async function text(page) {
  await page.waitForLoadState();
  return page.locator('main').innerText();
}

// The product has no scripts, so nothing may depend on them: each of these flows runs twice.
export function bothWays(flow) {
  return async (tools) => {
    for (const javaScriptEnabled of [true, false])
      await flow(tools, { javaScriptEnabled });
  };
}
