/** What a menu shows. */
export interface MenuItem {
  label: string;
  hint?: string;
  /** A line stands before it. */
  apart?: boolean;
  run: () => void;
}
