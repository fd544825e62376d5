/** A choice among many, found by typing a part of its name. */
import { Loader, Select, type SelectProps } from "@mantine/core";

export function SearchSelect({ data, ...props }: SelectProps) {
  // What is typed before the choices arrive would be lost when they do.
  if (!data) return <Loader size="sm" role="status" aria-label="Loading" />;
  return (
    <Select
      data={data}
      placeholder="Search"
      searchable
      openOnFocus={false}
      nothingFoundMessage="No match"
      allowDeselect={false}
      limit={50}
      required
      data-autofocus
      maxDropdownHeight={260}
      comboboxProps={{ shadow: "md" }}
      {...props}
    />
  );
}
