/** Systems that are broken on purpose, each with a button that tests it at once. */
import type { FormAction } from '#components/form/state.ts';
import { Breakable } from '#components/ui/breakable.tsx';
import { LabStart, type LabTarget } from './lab-start.tsx';

export interface LabRow extends LabTarget {
  readonly title: string;
  /** The findings that this system brings about; none for a healthy one. */
  readonly must: readonly string[];
}

export function LabTable({ worlds, action }: { worlds: readonly LabRow[]; action: FormAction }) {
  return (
    <table className="w-full text-left text-[0.9375rem]">
      <thead className="text-sm text-soft max-sm:sr-only">
        <tr>
          <th scope="col" className="py-2 pr-4 font-medium">
            System
          </th>
          <th scope="col" className="py-2 pr-4 font-medium">
            Shows
          </th>
          <th scope="col" className="py-2 font-medium">
            <span className="sr-only">Start</span>
          </th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-t border-line">
        {worlds.map((world) => (
          <Row key={world.name} world={world} action={action} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ world, action }: { world: LabRow; action: FormAction }) {
  return (
    <tr className="align-top max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:py-2">
      <th scope="row" className="py-2 pr-4 font-normal max-sm:py-0.5">
        {world.title}
        <span className="block font-mono text-[0.8125rem] text-soft">
          <Breakable text={world.target ?? world.email} />
        </span>
      </th>
      <td className="py-2 pr-4 max-sm:col-start-1 max-sm:row-start-2 max-sm:py-0.5">
        <Shows codes={world.must} />
      </td>
      <td className="py-2 text-right max-sm:py-0.5">
        <LabStart world={world} action={action} />
      </td>
    </tr>
  );
}

function Shows({ codes }: { codes: readonly string[] }) {
  if (codes.length === 0) return <span className="text-soft">nothing: all is well</span>;
  return (
    <ul>
      {codes.map((code) => (
        <li key={code}>
          <a href={`/findings/${code}`} className="link font-mono text-[0.8125rem]">
            <Breakable text={code} />
          </a>
        </li>
      ))}
    </ul>
  );
}
