import type { Rule } from "../rule.ts";

/** Bitnami's free images: the version tags moved to `bitnamilegacy` in August 2025 and are frozen there. */
export const movedRepository: Rule = {
  meta: {
    id: "image/moved-repository",
    title: "Bitnami images moved",
    severity: "information",
    sources: [
      { source: "https://github.com/bitnami/containers/issues/83267", asOf: "2026-08-22" },
      {
        source: "https://github.com/mastodon/chart/blob/3c8d76d0351f491f4a06cf76f1664d7b74fee375/values.yaml",
        asOf: "2026-07-03",
      },
    ],
  },
  isPerImage: true,
  check: (context) =>
    context.images.flatMap(({ image }) => {
      const { repository } = image;
      const isDockerHub = image.reference.registry === "docker.io";
      if (
        !isDockerHub ||
        image.tag.kind !== "release" ||
        (repository.status !== "moved" && repository.status !== "frozen")
      )
        return [];
      const name = image.reference.repository;
      const message =
        repository.status === "moved"
          ? `The version tags of ${name} moved to ${repository.movedTo?.replace("docker.io/", "")}${repository.since === undefined ? "" : ` on ${repository.since}`} and get no updates there: a fresh pull of this tag may fail. Move to redis or valkey/valkey; paths and variables of the image differ.`
          : `${name} is frozen: its tags get no updates, security fixes included. Move to redis or valkey/valkey; paths and variables of the image differ.`;
      return [{ span: image.span, message }];
    }),
};
