import { expect, type Locator, type Page } from '@playwright/test';

/** Where each mark stands, in page pixels, by the mark's key. */
export type Positions = Record<string, { x: number; y: number }>;

/** The page of a namespace as a person sees it. */
export class Chart {
  readonly page: Page;
  readonly picture: Locator;
  readonly table: Locator;
  readonly headline: Locator;
  readonly connection: Locator;

  constructor(page: Page) {
    this.page = page;
    this.picture = page.getByTestId('chart');
    this.table = page.getByTestId('kind-table');
    this.headline = page.getByRole('heading', { level: 1 });
    this.connection = page.getByTestId('connection');
  }

  /** Opens a namespace and waits until the picture is live. */
  async open(url: string, namespace: string): Promise<void> {
    await this.page.goto(`${url}/?namespace=${namespace}`);
    await this.live();
  }

  async live(): Promise<void> {
    await expect(this.connection).toHaveAttribute('data-state', 'live');
  }

  /** The pods inside their workloads, narrowed by the name's beginning and by mark. */
  pods(prefix = '', mark?: string): Locator {
    const marked = mark ? `[data-mark="${mark}"]` : '';
    const named = begins(prefix);
    return this.picture.locator(`[data-place="lane"][data-kind="Pod"]${named}${marked}:not([data-leaving])`);
  }

  /** The pods on the shelf of nodes. */
  shelved(): Locator {
    return this.picture.locator('[data-place="shelf"][data-kind="Pod"]:not([data-leaving])');
  }

  cards(kind: string): Locator {
    return this.picture.locator(`[data-kind="${kind}"][data-place="card"]:not([data-leaving])`);
  }

  card(kind: string, name: string): Locator {
    return this.cards(kind).and(this.picture.locator(`[data-name="${name}"]`));
  }

  lanes(workload: string): Locator {
    return this.picture.locator(`[data-place="revision"][data-workload="${workload}"]:not([data-leaving])`);
  }

  /** Opens the synchronised table. */
  async showTable(): Promise<void> {
    await this.page.getByRole('button', { name: 'Table' }).click();
    await expect(this.table).toBeVisible();
  }

  /** The table's rows of pods, narrowed by the name's beginning. */
  rows(prefix = ''): Locator {
    return this.table.locator(`tbody tr[data-name]${begins(prefix)}`);
  }

  /** Where every mark stands right now. */
  positions(): Promise<Positions> {
    return this.picture.evaluate((picture) => {
      const positions: Record<string, { x: number; y: number }> = {};
      for (const mark of picture.querySelectorAll('[data-place][data-uid]:not([data-leaving])')) {
        const { x, y } = mark.getBoundingClientRect();
        positions[`${mark.getAttribute('data-place')} ${mark.getAttribute('data-name')}`] = { x, y };
      }
      return positions;
    });
  }
}

/** Narrows to names that begin so; in CSS an empty beginning would match nothing. */
function begins(prefix: string): string {
  return prefix ? `[data-name^="${prefix}"]` : '';
}
