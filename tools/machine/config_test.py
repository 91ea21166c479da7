"""Tests of the configuration files of one machine."""

import re
import stat
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from machine import config
from machine.parts import SERVICES, Folders


class ConfigTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folders = Folders(Path(temporary.name))
        enrol = Path(temporary.name) / "enrol"
        enrol.write_text("#!/bin/sh\necho '# enrolled in' $*\n")
        enrol.chmod(enrol.stat().st_mode | stat.S_IXUSR)
        patch = mock.patch.object(config, "_ENROL", enrol)
        patch.start()
        self.addCleanup(patch.stop)

    def write(self) -> dict[str, int]:
        return config.write(self.folders, "127.0.0.1:1", "127.0.0.1:2")

    def text(self, name: str) -> str:
        return (self.folders.config / f"{name}.textproto").read_text()

    def test_every_process_has_a_file_and_two_ports_of_its_own(self) -> None:
        ports = self.write()
        self.assertEqual(len(ports), 2 * (len(SERVICES) + 1))
        self.assertEqual(len(set(ports.values())), len(ports))
        for service in SERVICES:
            self.assertIn(f'listen: "127.0.0.1:{ports[service.name]}"', self.text(service.name))

    def test_no_placeholder_is_left(self) -> None:
        self.write()
        for name in (*(service.name for service in SERVICES), "gateway"):
            self.assertNotRegex(self.text(name), r"\$\{")

    def test_the_gateway_knows_the_way_to_every_service(self) -> None:
        ports = self.write()
        routes = re.findall(r'service: "([^"]+)" address: "127.0.0.1:(\d+)" tls_name: "(\w+)"', self.text("gateway"))
        self.assertEqual(routes, [(s.grpc, str(ports[s.name]), s.name) for s in SERVICES])

    def test_only_who_issues_care_contexts_holds_such_a_key(self) -> None:
        self.write()
        issuers = {s.name for s in SERVICES if "care_context_signer" in self.text(s.name)}
        self.assertEqual(issuers, {"eligibility"})

    def test_everything_listens_on_loopback(self) -> None:
        self.write()
        for name in (*(service.name for service in SERVICES), "gateway"):
            for address in re.findall(r'(?:listen|metrics|metrics_listen): "([^"]+):\d+"', self.text(name)):
                self.assertEqual(address, "127.0.0.1")

    def test_the_operators_table_of_pairs_stays(self) -> None:
        self.write()
        pairs = self.folders.config / "contraindicated_pairs.csv"
        self.assertIn(f'contraindicated_pairs_file: "{pairs}"', self.text("prescription"))
        self.assertIn("1124007,6290004,", pairs.read_text())
        pairs.write_text("# mine\n")
        self.write()
        self.assertEqual(pairs.read_text(), "# mine\n")

    def test_who_reads_drugs_reads_the_operators_master_and_is_started_again_for_another(self) -> None:
        self.write()
        self.assertIn(f'drug_master_file: "{self.folders.population}/master/y_ALL.csv"', self.text("medication"))
        own = self.folders.config / "drug_master.csv"
        own.write_text("one")
        self.write()
        first = {name: self.text(name) for name in ("medication", "prescription", "emergency")}
        own.write_text("another")
        self.write()
        for name, text in first.items():
            self.assertIn(f'drug_master_file: "{own}"', text)
            self.assertNotEqual(self.text(name), text)
        self.assertEqual(own.read_text(), "another")

    def test_again_it_changes_nothing(self) -> None:
        first = self.write()
        times = {path: path.stat().st_mtime_ns for path in self.folders.config.iterdir()
                 if path.name != "ports.json"}
        self.assertEqual(self.write(), first)
        self.assertEqual({path: path.stat().st_mtime_ns for path in times}, times)

    def test_what_the_operator_enrolled_stays(self) -> None:
        self.write()
        enrolment = self.folders.config / "enrolment.textproto"
        self.assertIn("enrolled in", enrolment.read_text())
        enrolment.write_text("by hand")
        self.write()
        self.assertEqual(enrolment.read_text(), "by hand")

    def test_new_certificates_make_a_new_enrolment_and_keep_the_old(self) -> None:
        self.assertIsNone(config.set_enrolment_aside(self.folders))
        self.write()
        (self.folders.config / "enrolment.textproto").write_text("by hand")
        old = config.set_enrolment_aside(self.folders)
        self.write()
        self.assertIn("enrolled in", self.text("enrolment"))
        self.assertEqual(old.read_text(), "by hand")

    def test_the_insurer_speaks_for_the_insurers_of_the_population(self) -> None:
        self.write()
        self.assertRegex(self.text("enrolment"), r"enrolled in .* 01130012 .*\b131003\b.* 39131016")

    def test_ltc_and_the_gateway_read_one_enrolment(self) -> None:
        self.write()
        path = self.folders.config / "enrolment.textproto"
        self.assertIn(f'enrolment: "{path}"', self.text("gateway"))
        self.assertIn(f'enrolment_file: "{path}"', self.text("ltc"))

    def test_the_client_finds_the_gateway(self) -> None:
        ports = self.write()
        self.assertEqual((self.folders.run / "gateway.address").read_text(), f"127.0.0.1:{ports['gateway']}\n")


if __name__ == "__main__":
    unittest.main()
