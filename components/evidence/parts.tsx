/** The shapes that most evidence has: facts by name, a table, and a part with a name of its own. */
import type { ReactNode } from 'react';
import { Breakable } from '#components/ui/breakable.tsx';

type Fact = readonly [name: string, value: ReactNode];

/** Facts by name; those that are `null` are not known and not shown. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export function Mono({ text }: { text: string }) {
  return (
    <span className="font-mono">
      <Breakable text={text} />
    </span>
  );
}

/** A part under its heading. */
export function Part({ name, className, children }: { name: string; className?: string; children: ReactNode }) {
  return (
    <section className={className}>
      <h4 className="mb-1 font-medium wrap-anywhere">
        <Breakable text={name} />
      </h4>
      {children}
    </section>
  );
}

/** More rows than anybody reads: a server decides how many there are. */
const MOST_ROWS = 500;

/** A version, a time: torn apart it is hard to read. */
const isShort = (cell: ReactNode): boolean => typeof cell === 'string' && cell.length <= 12;

interface TableProps {
  head: readonly string[];
  rows: readonly (readonly ReactNode[])[];
  caption?: ReactNode;
  /** Where there is no room each row becomes a card; what stands there before each cell. Without it the table stays one. */
  stacked?: readonly string[];
}

export function Table({ head, rows, caption, stacked }: TableProps) {
  return (
    <>
      <table className={`evidence-table ${stacked === undefined ? '' : 'evidence-stacked'}`}>
        {caption !== undefined && <caption>{caption}</caption>}
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: evidence never changes, and equal rows may repeat
            <tr key={row}>
              {cells.map((cell, column) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  key={column}
                  data-label={stacked?.[column] || undefined}
                  className={isShort(cell) ? 'whitespace-nowrap' : ''}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && <p className="text-soft">The other {rows.length - MOST_ROWS} rows are not shown.</p>}
    </>
  );
}
