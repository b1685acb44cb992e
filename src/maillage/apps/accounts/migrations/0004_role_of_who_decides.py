from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_invitation_answers"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="name",
            field=models.CharField(
                choices=[
                    ("porteur", "porteur de projet"),
                    ("membre", "membre"),
                    ("signataire", "signataire"),
                    ("coordinateur", "coordinateur"),
                    ("tresorier", "trésorier"),
                    ("gerant", "gérant ou président"),
                    ("accompagnateur", "accompagnateur"),
                    ("instructeur", "instructeur"),
                    ("decideur", "décideur (direction, ou par délégation)"),
                    ("commission", "membre de commission"),
                    ("pilote", "pilote régional"),
                    ("administrateur", "administrateur"),
                ],
                max_length=16,
                verbose_name="rôle",
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="name",
            field=models.CharField(
                choices=[
                    ("porteur", "porteur de projet"),
                    ("membre", "membre"),
                    ("signataire", "signataire"),
                    ("coordinateur", "coordinateur"),
                    ("tresorier", "trésorier"),
                    ("gerant", "gérant ou président"),
                    ("accompagnateur", "accompagnateur"),
                    ("instructeur", "instructeur"),
                    ("decideur", "décideur (direction, ou par délégation)"),
                    ("commission", "membre de commission"),
                    ("pilote", "pilote régional"),
                    ("administrateur", "administrateur"),
                ],
                max_length=16,
                verbose_name="rôle",
            ),
        ),
    ]
