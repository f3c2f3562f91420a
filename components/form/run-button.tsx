/** The one button of a form. While the test is being started it says so and takes no second press. */
export function RunButton({ pending, label = 'Run the test' }: { pending: boolean; label?: string }) {
  return (
    <button type="submit" disabled={pending} className="button button-primary min-h-11 px-6 text-base">
      <span className="grid" aria-live="polite">
        <span className={`col-start-1 row-start-1 ${pending ? 'invisible' : ''}`}>{label}</span>
        <span className={`col-start-1 row-start-1 ${pending ? '' : 'invisible'}`}>Starting…</span>
      </span>
    </button>
  );
}
