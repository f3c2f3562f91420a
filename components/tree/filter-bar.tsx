'use client';
/** Above the tree: its heading, the filter, expand all, timeline, help. On a phone the filter has a line of its own. */
import type { RefObject } from 'react';
import type { TimelineControl } from './use-timeline.ts';
import type { TreeControl } from './use-tree.ts';

interface FilterBarProps {
  tree: TreeControl;
  timeline: TimelineControl;
  box: RefObject<HTMLInputElement | null>;
  help: () => void;
}

export function FilterBar({ tree, timeline, box, help }: FilterBarProps) {
  const { filter, setFilter } = tree;
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2">
      <h2 id="steps" className="flex-1 text-lg max-sm:basis-1/6 font-semibold">
        Steps
      </h2>
      <Choice tree={tree} />
      <input
        ref={box}
        type="search"
        aria-label="Filter the steps by words"
        placeholder="Filter  /"
        spellCheck={false}
        value={filter.words}
        onChange={(event) => setFilter({ ...filter, words: event.target.value })}
        onKeyDown={(event) => event.key === 'Escape' && setFilter({ ...filter, words: '' })}
        className="field needs-script min-h-9 w-40 py-1 text-sm max-sm:order-4 max-sm:min-h-11 max-sm:flex-1"
      />
      <button
        type="button"
        onClick={() => tree.openAll(!tree.allOpen)}
        className="button button-plain needs-script min-w-28 px-2 max-sm:order-2 max-sm:min-h-11"
      >
        {tree.allOpen ? 'Collapse all' : 'Expand all'}
      </button>
      <button
        type="button"
        aria-pressed={timeline.shown}
        onClick={timeline.toggle}
        className="button button-plain button-pressable needs-script px-2 max-sm:order-2 max-sm:min-h-11"
      >
        Timeline
      </button>
      <button type="button" onClick={help} className="button button-plain needs-script px-2 max-sm:hidden">
        Keys
      </button>
    </div>
  );
}

function Choice({ tree: { filter, setFilter } }: { tree: TreeControl }) {
  return (
    <fieldset className="filter-choice needs-script max-sm:order-3">
      <legend className="sr-only">Which steps are shown</legend>
      {(['all', 'problems'] as const).map((only) => (
        <label key={only}>
          <input
            type="radio"
            name="only"
            className="sr-only"
            checked={filter.only === only}
            onChange={() => setFilter({ ...filter, only })}
          />
          <span>{only === 'all' ? 'All' : 'Problems'}</span>
        </label>
      ))}
    </fieldset>
  );
}
