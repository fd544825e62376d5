import {
  Badge,
  Card,
  EmptyState,
  Group,
  Input,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type CatalogEndpoint, type CatalogService, regions } from "keystone-fetch";
import { useState } from "react";
import { CopyText } from "./copy-text.tsx";
import type { ViewProps } from "./views.ts";

const notFound = {
  title: "No matching service",
  description: "Try fewer or shorter words, or choose another region or interface.",
};

const none = {
  title: "No services",
  description: "Only a project or a domain has a service catalog. Choose one, or ask for a role.",
};

/** What the token may reach, by name, region and interface. */
export function Catalog({ token: { catalog } }: ViewProps) {
  const [search, setSearch] = useState("");
  const [region, setRegion] = useState<string | null>(null);
  const [face, setFace] = useState("public");
  const shown = catalog
    .map((service) => ({
      ...service,
      endpoints: service.endpoints
        .filter(wanted)
        .sort((a, b) => `${a.region}`.localeCompare(`${b.region}`)),
    }))
    .filter((service) => service.endpoints.length > 0 && matches(service, search))
    .sort((a, b) => a.type.localeCompare(b.type));

  function wanted(endpoint: CatalogEndpoint) {
    return endpoint.interface === face && (!region || endpoint.region === region);
  }

  return (
    <Stack>
      <Title order={1} size="h2">
        Service catalog
      </Title>
      <Group align="flex-end">
        <TextInput
          label="Search"
          placeholder="Type, name or address"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          flex="1 1 220px"
        />
        <Select
          label="Region"
          placeholder="All regions"
          data={regions(catalog)}
          value={region}
          onChange={setRegion}
          clearable
          comboboxProps={{ shadow: "md", withinPortal: false }}
          clearButtonProps={{ "aria-label": "All regions" }}
          w={{ base: "100%", sm: 180 }}
        />
        <Input.Wrapper label="Interface" labelElement="div" w={{ base: "100%", sm: "auto" }}>
          <SegmentedControl
            aria-label="Interface"
            fullWidth
            value={face}
            onChange={setFace}
            data={["public", "internal", "admin"]}
          />
        </Input.Wrapper>
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {shown.length} of {catalog.length} services
      </Text>
      {shown.length === 0 && (
        <EmptyState icon={<IconSearch aria-hidden />} {...(catalog.length > 0 ? notFound : none)} />
      )}
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        {shown.map((service) => (
          <ServiceCard key={service.id} service={service} />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function ServiceCard({ service: { type, name, endpoints } }: { service: CatalogService }) {
  return (
    <Card withBorder padding="md" component="section" aria-label={type}>
      <Group gap="xs" mb="sm">
        <Title order={2} size="h5">
          {type}
        </Title>
        <Text size="sm" c="dimmed">
          {name}
        </Text>
      </Group>
      <Stack gap={6}>
        {endpoints.map(({ id, region, url }) => (
          <Group key={id} gap="sm" wrap="nowrap">
            <Badge variant="light" color="indigo" tt="none" w={92} style={{ flexShrink: 0 }}>
              {region ?? "any"}
            </Badge>
            <CopyText text={url} what={`the address of ${type}`} />
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

function matches({ type, name, endpoints }: CatalogService, search: string): boolean {
  const text = [type, name, ...endpoints.map(({ url }) => url)].join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
