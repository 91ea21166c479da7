# Who gets a certificate from tools/pki/make: tables, one line each, fields between bars.
# shellcheck shell=bash

# name | extensions | hcRole | CN | serialNumber | O | Japanese name.
people() {
  cat <<'TABLE'
clinic-1-doctor|auth|Medical Doctor|Taro Shiken|T0000001|TSUNAGU CLINIC|試験　太郎
clinic-1-dentist|auth_no_eku|Dentist|Jiro Shiken|T0000002||試験　次郎
pharmacy-1-pharmacist|auth|Pharmacist|Hanako Shiken|T0000003|TSUNAGU PHARMACY|試験　花子
hospital-1-nurse|auth|General Nurse|Sakura Shiken|T0000004|TSUNAGU EMERGENCY HOSPITAL|試験　桜
ambulance-1-paramedic|auth|Emergency Medical Technician|Goro Shiken|T0000005||試験　五郎
clinic-1-director|auth|Director of Clinic|Rokuro Shiken|T0000006|TSUNAGU CLINIC/OU=Director|試験　六郎
hospital-1-doctor|auth|Medical Doctor|Akiko Shiken|T0000010|TSUNAGU EMERGENCY HOSPITAL|試験　明子
pharmacy-2-pharmacist|auth|Pharmacist|Kenji Shiken|T0000011|TSUNAGU SECOND PHARMACY|試験　健二
doctor-test-policy|auth|Medical Doctor|Nana Shiken|T0000007|TSUNAGU CLINIC|試験　七
doctor-revoked|auth|Medical Doctor|Hachiro Shiken|T0000008|TSUNAGU CLINIC|試験　八郎
doctor-revoked-signer|auth|Medical Doctor|Mitsu Shiken|T0000012|TSUNAGU CLINIC|試験　光
doctor-two-roles|auth_two_roles|Medical Doctor|Kyuta Shiken|T0000009|TSUNAGU CLINIC|試験　九太
doctor-expired|auth|Medical Doctor|Furu Shiken|T0000013|TSUNAGU CLINIC|試験　古
doctor-not-enrolled|auth|Medical Doctor|Sono Shiken|T0000014||試験　園
role-unknown|auth|Care Manager|Mika Shiken|T0000015|TSUNAGU CLINIC|試験　美香
no-hcrole|auth_no_role||Nashi Shiken|T0000016|TSUNAGU CLINIC|試験　梨
doctor-foreign-root|auth|Medical Doctor|Taro Shiken|T0000001|TSUNAGU CLINIC|試験　太郎
doctor-below-sub-ca|auth|Medical Doctor|Shita Shiken|T0000017|TSUNAGU CLINIC|試験　下
TABLE
}

# name | CN | serialNumber | O | hcRole | Japanese name, of those who also sign.
signers() {
  local name role cn sn o ja
  while IFS='|' read -r name _ role cn sn o ja; do
    case $name in
      clinic-1-doctor | clinic-1-dentist | hospital-1-doctor | pharmacy-?-pharmacist | doctor-revoked-signer)
        echo "$name|$cn|$sn|$o|$role|$ja" ;;
    esac
  done < <(people)
}

# name | O | institution code (10 digits) | CN.
facilities() {
  cat <<'TABLE'
insurer-1|TSUNAGU HEALTH INSURANCE|1300000018|insurer-1-batch
payer-1|TSUNAGU CLAIMS REVIEW|1300000026|payer-1-batch
clinic-1-terminal|TSUNAGU CLINIC|1311234567|clinic-1-reception
pharmacy-1-terminal|TSUNAGU PHARMACY|1341234563|pharmacy-1-counter
ambulance-1-terminal|TSUNAGU FIRE DEPARTMENT|1380000001|ambulance-1-tablet
careplan-1-office|TSUNAGU CARE PLAN OFFICE|1370000001|careplan-1-desk
homehelp-1-office|TSUNAGU HOME HELP OFFICE|1370000002|homehelp-1-desk
TABLE
}
