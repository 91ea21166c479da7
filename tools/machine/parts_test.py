"""Tests of what a machine consists of."""

import re
import subprocess
import unittest

from machine.parts import GATEWAY, ROOT, SERVICES, TOPICS


class PartsTest(unittest.TestCase):
    def test_no_topic_has_two_owners(self) -> None:
        self.assertEqual(len(set(TOPICS)), len(TOPICS))

    def test_a_topic_is_named_after_its_owner(self) -> None:
        for service in SERVICES:
            for topic in service.topics:
                self.assertEqual(topic.split(".")[0], service.name)

    def test_a_cluster_has_the_same_processes(self) -> None:
        manifests = subprocess.run([ROOT / "k8s/render"], check=True, stdout=subprocess.PIPE, text=True).stdout
        self.assertNotIn("NAME", manifests)
        deployments = re.findall(r"kind: Deployment\nmetadata:\n  name: (\w+)", manifests)
        self.assertEqual(deployments, [*(service.name for service in SERVICES), GATEWAY])

    def test_an_image_names_no_package_of_its_own(self) -> None:
        image = (ROOT / "k8s/Dockerfile").read_text()
        self.assertIn("tools/install --runtime", image)
        self.assertNotIn("apt-get", image)


if __name__ == "__main__":
    unittest.main()
