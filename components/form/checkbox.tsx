/** A choice that is off unless somebody turns it on, with what it brings about. */
import { FieldError } from './field.tsx';

interface CheckboxProps {
  form: string;
  name: string;
  label: string;
  hint: string;
  checked: boolean;
  error?: string | undefined;
}

export function Checkbox({ form, name, label, hint, checked, error }: CheckboxProps) {
  const id = `${form}-${name}`;
  return (
    <div>
      <div className="grid grid-cols-[auto_1fr] gap-x-2.5">
        <input
          id={id}
          type="checkbox"
          name={name}
          defaultChecked={checked}
          aria-describedby={`${id}-hint`}
          className="mt-1.5 size-4 accent-accent"
        />
        <div>
          <label htmlFor={id} className="font-medium">
            {label}
          </label>
          <p id={`${id}-hint`} className="text-sm text-soft">
            {hint}
          </p>
        </div>
      </div>
      {error !== undefined && <FieldError id={`${id}-error`} text={error} />}
    </div>
  );
}
