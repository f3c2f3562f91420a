/** One of a few choices, each with what it brings about. */
import { FieldError } from './field.tsx';

interface RadiosProps {
  form: string;
  name: string;
  legend: string;
  choices: readonly { readonly value: string; readonly label: string; readonly hint?: string }[];
  chosen: string;
  error?: string | undefined;
}

export function Radios({ form, name, legend, choices, chosen, error }: RadiosProps) {
  const id = `${form}-${name}`;
  return (
    <fieldset aria-describedby={error === undefined ? undefined : `${id}-error`}>
      <legend className="font-medium">{legend}</legend>
      <div className="mt-1 grid gap-1.5">
        {choices.map(({ value, label, hint }, place) => {
          // The first has the name that a link to the mistake leads to.
          const own = place === 0 ? id : `${id}-${value}`;
          return (
            <div key={value} className="grid grid-cols-[auto_1fr] gap-x-2.5">
              <input
                id={own}
                type="radio"
                name={name}
                value={value}
                defaultChecked={value === chosen}
                aria-describedby={hint === undefined ? undefined : `${own}-hint`}
                className="mt-1.5 size-4 accent-accent"
              />
              <div>
                <label htmlFor={own}>{label}</label>
                {hint !== undefined && (
                  <p id={`${own}-hint`} className="text-sm text-soft">
                    {hint}
                  </p>
                )}
              </div>
            </div>
          );
        })}
      </div>
      {error !== undefined && <FieldError id={`${id}-error`} text={error} />}
    </fieldset>
  );
}
